using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>An IPv6 FlowTuple in 64 bytes, one cache line.</summary>
/// <remarks>As an arrival, the last word holds frame, milliseconds, lane and flags in place of the counts.</remarks>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct FlowRow6 : ISlotRow<FlowRow6>
{
    private readonly ulong _sourceHigh;
    private readonly ulong _sourceLow;
    private readonly ulong _destinationHigh;
    private readonly ulong _destinationLow;
    private readonly ulong _ports;
    private ulong _kind;
    private ulong _counts;

    private FlowRow6(UInt128 source, UInt128 destination, ulong ports, ulong kind, ulong counts)
    {
        (_sourceHigh, _sourceLow) = ((ulong)(source >> 64), (ulong)source);
        (_destinationHigh, _destinationLow) = ((ulong)(destination >> 64), (ulong)destination);
        (_ports, _kind, _counts) = (ports, kind, counts);
    }

    public readonly UInt128 Source => new(_sourceHigh, _sourceLow);

    public readonly UInt128 Destination => new(_destinationHigh, _destinationLow);

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

    public static FlowRow6 Arrival(UInt128 source, UInt128 destination, ulong ports, ulong kind, ulong arrival) =>
        new(source, destination, ports, kind, arrival);

    public readonly ulong Hash(ulong seed)
    {
        var left = FlowWords.Mix(_sourceHigh ^ seed, _sourceLow ^ FlowWords.Odd);
        var right = FlowWords.Mix(_destinationHigh ^ FlowWords.Odd, _destinationLow ^ seed);
        return FlowWords.Mix(left ^ _ports, right ^ (_kind * FlowWords.Odd) ^ ~seed);
    }

    public readonly bool SameKey(in FlowRow6 other) =>
        ((_sourceHigh ^ other._sourceHigh) | (_sourceLow ^ other._sourceLow)
            | (_destinationHigh ^ other._destinationHigh) | (_destinationLow ^ other._destinationLow)
            | (_ports ^ other._ports) | (_kind ^ other._kind)) == 0;

    public void Mark(PacketMarks marks) => _kind |= FlowWords.MarkBits(marks);

    public void Begin() => _counts = FlowWords.Begin(_counts);

    public void Add(in FlowRow6 arrival) => _counts = FlowWords.Add(_counts, (ushort)(arrival._counts >> 32));

    public void Clear() => _counts = FlowWords.Cleared;
}
