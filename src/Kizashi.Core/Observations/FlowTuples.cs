namespace Kizashi.Core.Observations;

/// <summary>FlowTuples in columns: telescope packets of one 10-second slot that share a key, one row per key (CAIDA FlowTuple v4).</summary>
/// <typeparam name="TAddress"><see cref="uint"/> for IPv4 or <see cref="UInt128"/> for IPv6, host order.</typeparam>
/// <remarks>Rows are additive: the same key may come again in a later batch with what it gained since. All arrays are at least <see cref="Count"/> long.</remarks>
public sealed class FlowTuples<TAddress>(int capacity)
    where TAddress : unmanaged
{
    public const int SlotSeconds = 10;

    /// <summary>Valid rows; the arrays may be longer.</summary>
    public int Count { get; set; }

    public int Capacity => Slot.Length;

    /// <summary>Start of the slot, seconds since 1970 UTC, a multiple of <see cref="SlotSeconds"/>.</summary>
    public uint[] Slot { get; private set; } = new uint[capacity];

    public TAddress[] Source { get; private set; } = new TAddress[capacity];

    public TAddress[] Destination { get; private set; } = new TAddress[capacity];

    /// <summary>For ICMP the type.</summary>
    public ushort[] SourcePort { get; private set; } = new ushort[capacity];

    /// <summary>For ICMP the code.</summary>
    public ushort[] DestinationPort { get; private set; } = new ushort[capacity];

    /// <summary>IANA protocol number.</summary>
    public byte[] Protocol { get; private set; } = new byte[capacity];

    /// <summary>IPv4 time to live or IPv6 hop limit.</summary>
    public byte[] Ttl { get; private set; } = new byte[capacity];

    /// <summary>FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128.</summary>
    public byte[] TcpFlags { get; private set; } = new byte[capacity];

    /// <summary>IP packet length in bytes, header included.</summary>
    public ushort[] Length { get; private set; } = new ushort[capacity];

    /// <summary>TCP header length in bytes of a SYN, else 0.</summary>
    public ushort[] SynLength { get; private set; } = new ushort[capacity];

    /// <summary>TCP window of a SYN, else 0.</summary>
    public ushort[] SynWindow { get; private set; } = new ushort[capacity];

    public PacketMarks[] Marks { get; private set; } = new PacketMarks[capacity];

    /// <summary>At least 1.</summary>
    public uint[] Packets { get; private set; } = new uint[capacity];

    /// <summary>Milliseconds from the slot's start to the first of these packets, 0..9999.</summary>
    public ushort[] First { get; private set; } = new ushort[capacity];

    /// <summary>Milliseconds from the slot's start to the last of these packets, 0..9999.</summary>
    public ushort[] Last { get; private set; } = new ushort[capacity];

    /// <summary>Makes room for at least this many rows, keeping those that are there.</summary>
    public void EnsureCapacity(int rows)
    {
        if (rows <= Capacity)
            return;

        rows = Math.Max(rows, Capacity * 2);
        Slot = Grow(Slot, rows);
        Source = Grow(Source, rows);
        Destination = Grow(Destination, rows);
        SourcePort = Grow(SourcePort, rows);
        DestinationPort = Grow(DestinationPort, rows);
        Protocol = Grow(Protocol, rows);
        Ttl = Grow(Ttl, rows);
        TcpFlags = Grow(TcpFlags, rows);
        Length = Grow(Length, rows);
        SynLength = Grow(SynLength, rows);
        SynWindow = Grow(SynWindow, rows);
        Marks = Grow(Marks, rows);
        Packets = Grow(Packets, rows);
        First = Grow(First, rows);
        Last = Grow(Last, rows);
    }

    private static T[] Grow<T>(T[] column, int rows)
    {
        Array.Resize(ref column, rows);
        return column;
    }
}
