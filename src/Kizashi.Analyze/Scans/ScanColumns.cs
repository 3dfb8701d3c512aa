using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Scans;

/// <summary>Reads the columns of FlowTuples as scans see them, their lengths checked once for all rows.</summary>
internal readonly ref struct ScanColumns<TAddress>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private readonly ref uint _slot;
    private readonly ref TAddress _source;
    private readonly ref TAddress _destination;
    private readonly ref ushort _sourcePort;
    private readonly ref ushort _destinationPort;
    private readonly ref byte _protocol;
    private readonly ref byte _tcpFlags;
    private readonly ref PacketMarks _marks;
    private readonly ref uint _packets;
    private readonly ref ushort _first;
    private readonly ref ushort _last;

    public ScanColumns(FlowTuples<TAddress> rows)
    {
        _slot = ref Column(rows.Slot, rows.Count);
        _source = ref Column(rows.Source, rows.Count);
        _destination = ref Column(rows.Destination, rows.Count);
        _sourcePort = ref Column(rows.SourcePort, rows.Count);
        _destinationPort = ref Column(rows.DestinationPort, rows.Count);
        _protocol = ref Column(rows.Protocol, rows.Count);
        _tcpFlags = ref Column(rows.TcpFlags, rows.Count);
        _marks = ref Column(rows.Marks, rows.Count);
        _packets = ref Column(rows.Packets, rows.Count);
        _first = ref Column(rows.First, rows.Count);
        _last = ref Column(rows.Last, rows.Count);
    }

    /// <summary>The traffic type, with <see cref="TrafficTypes.Answer"/> set when the row is no scan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte TypeAt(int at)
    {
        var type = TrafficTypes.Classify(
            Unsafe.Add(ref _protocol, at), Unsafe.Add(ref _tcpFlags, at), Unsafe.Add(ref _sourcePort, at));
        return (Unsafe.Add(ref _marks, at) & PacketMarks.Backscatter) != 0 ? (byte)(type | TrafficTypes.Answer) : type;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint HashAt(int at, byte type) =>
        ScanTable<TAddress>.HashOf(Unsafe.Add(ref _source, at), KeyPort(at, type), type);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TAddress DestinationAt(int at) => Unsafe.Add(ref _destination, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScanRow<TAddress> RowAt(int at, byte type)
    {
        var slot = Unsafe.Add(ref _slot, at) * 1000L;
        var isTcp = type is >= (byte)TrafficType.TcpSyn and <= (byte)TrafficType.TcpOther;
        return new ScanRow<TAddress>
        {
            Source = Unsafe.Add(ref _source, at),
            Destination = Unsafe.Add(ref _destination, at),
            First = slot + Unsafe.Add(ref _first, at),
            Last = slot + Unsafe.Add(ref _last, at),
            Packets = Unsafe.Add(ref _packets, at),
            Port = KeyPort(at, type),
            Marks = Unsafe.Add(ref _marks, at),
            Type = type,
            TcpFlags = isTcp ? Unsafe.Add(ref _tcpFlags, at) : (byte)0,
        };
    }

    // ICMP has no ports in Merit's key; other protocols are told apart by their number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort KeyPort(int at, byte type)
    {
        if (TrafficTypes.HasPorts(type))
            return Unsafe.Add(ref _destinationPort, at);

        return type == (byte)TrafficType.Unknown ? Unsafe.Add(ref _protocol, at) : (ushort)0;
    }

    private static ref T Column<T>(T[] column, int rows) => ref MemoryMarshal.GetReference(column.AsSpan(0, rows));
}
