namespace Kizashi.Core.Observations;

/// <summary>Backscatter in columns: answers of victims of attacks with forged sources, one row per slot, victim and protocol.</summary>
/// <typeparam name="TAddress"><see cref="uint"/> for IPv4 or <see cref="UInt128"/> for IPv6, host order.</typeparam>
/// <remarks>Additive as FlowTuples are: counts add up, sketches merge.</remarks>
public sealed class Backscatter<TAddress>(int capacity)
    where TAddress : unmanaged
{
    public int Count { get; set; }

    public int Capacity => Slot.Length;

    /// <summary>Start of the 10-second slot, seconds since 1970 UTC.</summary>
    public uint[] Slot { get; private set; } = new uint[capacity];

    /// <summary>The attacked address: the sender, or from the quoted header where ICMP carries one.</summary>
    public TAddress[] Victim { get; private set; } = new TAddress[capacity];

    /// <summary>IANA protocol of the attack: of the quoted header where ICMP carries one.</summary>
    public byte[] Protocol { get; private set; } = new byte[capacity];

    public BackscatterReason[] Reasons { get; private set; } = new BackscatterReason[capacity];

    /// <summary>The attacked port of the first packet of the row, 0 without ports.</summary>
    public ushort[] VictimPort { get; private set; } = new ushort[capacity];

    public uint[] Packets { get; private set; } = new uint[capacity];

    /// <summary>Sum of IP packet lengths.</summary>
    public ulong[] Bytes { get; private set; } = new ulong[capacity];

    /// <summary>ICMP answers whose quoted source is not the dark address they came to.</summary>
    public uint[] Mismatches { get; private set; } = new uint[capacity];

    /// <summary>Distinct dark addresses that got answers.</summary>
    public DistinctSketch[] DarkAddresses { get; private set; } = new DistinctSketch[capacity];

    /// <summary>Distinct attacked ports.</summary>
    public DistinctSketch[] VictimPorts { get; private set; } = new DistinctSketch[capacity];

    /// <summary>Milliseconds from the slot's start, 0..9999.</summary>
    public ushort[] First { get; private set; } = new ushort[capacity];

    /// <summary>Milliseconds from the slot's start, 0..9999.</summary>
    public ushort[] Last { get; private set; } = new ushort[capacity];

    public void EnsureCapacity(int rows)
    {
        if (rows <= Capacity)
            return;

        rows = Math.Max(rows, Capacity * 2);
        Slot = Grow(Slot, rows);
        Victim = Grow(Victim, rows);
        Protocol = Grow(Protocol, rows);
        Reasons = Grow(Reasons, rows);
        VictimPort = Grow(VictimPort, rows);
        Packets = Grow(Packets, rows);
        Bytes = Grow(Bytes, rows);
        Mismatches = Grow(Mismatches, rows);
        DarkAddresses = Grow(DarkAddresses, rows);
        VictimPorts = Grow(VictimPorts, rows);
        First = Grow(First, rows);
        Last = Grow(Last, rows);
    }

    private static T[] Grow<T>(T[] column, int rows)
    {
        Array.Resize(ref column, rows);
        return column;
    }
}
