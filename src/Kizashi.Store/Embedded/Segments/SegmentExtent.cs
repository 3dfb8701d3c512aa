using System.Runtime.InteropServices;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>The bounds and sums of the rows that go into a segment.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SegmentExtent
{
    public long Rows;
    public long Packets;
    public uint MinSlot;
    public uint MaxSlot;
    public UInt128 MinSource;
    public UInt128 MaxSource;
    public bool Simulated;

    public static SegmentExtent Empty => new()
    {
        MinSlot = uint.MaxValue,
        MinSource = UInt128.MaxValue,
    };

    public void Add(uint minSlot, uint maxSlot, UInt128 minSource, UInt128 maxSource)
    {
        MinSlot = Math.Min(MinSlot, minSlot);
        MaxSlot = Math.Max(MaxSlot, maxSlot);
        MinSource = UInt128.Min(MinSource, minSource);
        MaxSource = UInt128.Max(MaxSource, maxSource);
    }
}
