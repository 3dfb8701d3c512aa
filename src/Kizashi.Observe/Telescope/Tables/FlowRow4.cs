using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>An IPv4 FlowTuple in 32 bytes, half a cache line.</summary>
/// <remarks>As an arrival, the last word holds frame, milliseconds, lane and flags in place of the counts.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct FlowRow4 : ISlotRow<FlowRow4>
{
    private readonly ulong _addresses;
    private readonly ulong _ports;
    private ulong _kind;
    private ulong _counts;

    private FlowRow4(ulong addresses, ulong ports, ulong kind, ulong counts)
    {
        (_addresses, _ports, _kind, _counts) = (addresses, ports, kind, counts);
    }

    public readonly uint Source => (uint)(_addresses >> 32);

    public readonly uint Destination => (uint)_addresses;

    public readonly ulong Ports => _ports;

    public readonly ulong Kind => _kind;

    public readonly uint Packets => (uint)_counts;

    public readonly ushort First => (ushort)(_counts >> 32);

    public readonly ushort Last => (ushort)(_counts >> 48);

    public readonly int Frame => (int)_counts;

    public readonly int Lane => (byte)(_counts >> 48);

    public readonly ArrivalFlags Flags => (ArrivalFlags)(byte)(_counts >> 56);

    public readonly ushort DestinationPort => FlowWords.DestinationPort(_ports);

    public readonly PacketMarks Marks => FlowWords.Marks(_kind);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowRow4 Arrival(uint source, uint destination, ulong ports, ulong kind, ulong arrival) =>
        new(((ulong)source << 32) | destination, ports, kind, arrival);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Hash(ulong seed) => FlowWords.Mix(_addresses ^ seed, _ports ^ ((_kind & FlowWords.KeyBits) * FlowWords.Odd) ^ ~seed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool SameKey(in FlowRow4 other) =>
        ((_addresses ^ other._addresses) | (_ports ^ other._ports) | ((_kind ^ other._kind) & FlowWords.KeyBits)) == 0;

    public void Mark(PacketMarks marks) => _kind |= FlowWords.MarkBits(marks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin() => _counts = FlowWords.Begin(_counts);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in FlowRow4 arrival) => _counts = FlowWords.Add(_counts, (ushort)(arrival._counts >> 32));

    public void Clear() => _counts = FlowWords.Cleared;
}
