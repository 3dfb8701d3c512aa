using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>Backscatter of one victim and protocol in a slot.</summary>
/// <typeparam name="TAddress"><see cref="uint"/> for IPv4 or <see cref="UInt128"/> for IPv6, host order.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal struct BackscatterRow<TAddress> : ISlotRow<BackscatterRow<TAddress>>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    public TAddress Victim;

    /// <summary>As an arrival the hash of the dark address stands in for the sketch, in its first half.</summary>
    public DistinctSketch DarkAddresses;

    /// <summary>As an arrival the hash of the port stands in for the sketch, in its first half.</summary>
    public DistinctSketch VictimPorts;

    /// <summary>As an arrival the length of the packet.</summary>
    public ulong Bytes;

    public uint Mismatches;

    public ushort Port;

    public byte Protocol;

    public BackscatterReason Reasons;

    private ulong _counts;

    public readonly uint Packets => (uint)_counts;

    public readonly ushort First => (ushort)(_counts >> 32);

    public readonly ushort Last => (ushort)(_counts >> 48);

    public readonly int Frame => (int)_counts;

    public readonly int Lane => (byte)(_counts >> 48);

    public readonly ArrivalFlags Flags => (ArrivalFlags)(byte)(_counts >> 56);

    public void Arrive(ulong arrivalWord) => _counts = arrivalWord;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Hash(ulong seed) =>
        FlowWords.Mix(AddressHash.Of(Victim) ^ seed, Protocol ^ ~seed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool SameKey(in BackscatterRow<TAddress> other) =>
        Victim.Equals(other.Victim) && Protocol == other.Protocol;

    public void Begin()
    {
        DarkAddresses = default(DistinctSketch).Add(DarkAddresses.High);
        VictimPorts = default(DistinctSketch).Add(VictimPorts.High);
        Mismatches = Flags.HasFlag(ArrivalFlags.Mismatch) ? 1u : 0;
        _counts = FlowWords.Begin(_counts);
    }

    public void Add(in BackscatterRow<TAddress> arrival)
    {
        DarkAddresses = DarkAddresses.Add(arrival.DarkAddresses.High);
        VictimPorts = VictimPorts.Add(arrival.VictimPorts.High);
        Bytes += arrival.Bytes;
        Reasons |= arrival.Reasons;
        Mismatches += arrival.Flags.HasFlag(ArrivalFlags.Mismatch) ? 1u : 0;
        _counts = FlowWords.Add(_counts, (ushort)(arrival._counts >> 32));
    }

    public void Clear()
    {
        (Bytes, Mismatches, Reasons) = (0, 0, BackscatterReason.None);
        (DarkAddresses, VictimPorts) = (default, default);
        _counts = FlowWords.Cleared;
    }
}
