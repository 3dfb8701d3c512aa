using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>One row of IPv4 FlowTuples, so that sorting moves a row and not fifteen columns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StoredTuple : IComparable<StoredTuple>
{
    public uint Slot;
    public uint Source;
    public uint Destination;
    public uint Packets;
    public ushort DestinationPort;
    public ushort SourcePort;
    public ushort Length;
    public ushort SynLength;
    public ushort SynWindow;
    public ushort Marks;
    public ushort First;
    public ushort Last;
    public byte Protocol;
    public byte Ttl;
    public byte TcpFlags;

    /// <summary>The order of compacted segments, as far as one number tells it.</summary>
    public readonly ulong Order => ((ulong)Source << 32) | Slot;

    private readonly ulong Flow => ((ulong)Destination << 32) | ((ulong)DestinationPort << 16) | SourcePort;

    private readonly ulong Form =>
        ((ulong)Length << 48) | ((ulong)SynLength << 32) | ((ulong)SynWindow << 16) | Marks;

    private readonly uint Kind => ((uint)Protocol << 16) | ((uint)Ttl << 8) | TcpFlags;

    /// <summary>All of the key and the slot are alike, so that the two can become one row.</summary>
    public readonly bool IsSameFlow(in StoredTuple other) =>
        Order == other.Order && Flow == other.Flow && Form == other.Form && Kind == other.Kind;

    public readonly int CompareTo(StoredTuple other) => Compare(this, other);

    public static int Compare(in StoredTuple left, in StoredTuple right)
    {
        if (left.Order != right.Order)
            return left.Order < right.Order ? -1 : 1;

        if (left.Flow != right.Flow)
            return left.Flow < right.Flow ? -1 : 1;

        return left.Form != right.Form ? left.Form.CompareTo(right.Form) : left.Kind.CompareTo(right.Kind);
    }

    /// <summary>Puts the row behind the last one of some columns, which have room for it.</summary>
    public readonly void AppendTo(FlowTuples<uint> columns)
    {
        var row = columns.Count++;
        columns.Slot[row] = Slot;
        columns.Source[row] = Source;
        columns.Destination[row] = Destination;
        columns.SourcePort[row] = SourcePort;
        columns.DestinationPort[row] = DestinationPort;
        columns.Protocol[row] = Protocol;
        columns.Ttl[row] = Ttl;
        columns.TcpFlags[row] = TcpFlags;
        columns.Length[row] = Length;
        columns.SynLength[row] = SynLength;
        columns.SynWindow[row] = SynWindow;
        columns.Marks[row] = (PacketMarks)Marks;
        columns.Packets[row] = Packets;
        columns.First[row] = First;
        columns.Last[row] = Last;
    }
}
