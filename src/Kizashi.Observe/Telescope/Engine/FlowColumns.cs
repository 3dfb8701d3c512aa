using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Rows written as columns.</summary>
internal static unsafe class FlowColumns
{
    /// <summary>Appends the rows that have packets; answers the earliest milliseconds in the slot, 10,000 without rows.</summary>
    /// <remarks>Capacity must be there. One pass over the rows: each is read once from memory, each column written in order.</remarks>
    public static int Append(FlowRow4* rows, int count, long slot, FlowTuples<uint> columns)
    {
        var (at, earliest) = (columns.Count, FlowTuples<uint>.SlotSeconds * 1000);
        var start = (uint)(slot * FlowTuples<uint>.SlotSeconds);
        fixed (uint* slots = columns.Slot, sources = columns.Source, destinations = columns.Destination, packets = columns.Packets)
        fixed (ushort* sourcePorts = columns.SourcePort, destinationPorts = columns.DestinationPort, lengths = columns.Length)
        fixed (ushort* synLengths = columns.SynLength, synWindows = columns.SynWindow, firsts = columns.First, lasts = columns.Last)
        fixed (byte* protocols = columns.Protocol, ttls = columns.Ttl, flags = columns.TcpFlags)
        fixed (PacketMarks* marks = columns.Marks)
        {
            for (var row = rows; row < rows + count; row++)
            {
                if (row->Packets == 0)
                    continue;

                slots[at] = start;
                sources[at] = row->Source;
                destinations[at] = row->Destination;
                packets[at] = row->Packets;
                var (ports, kind) = (row->Ports, row->Kind);
                sourcePorts[at] = FlowWords.SourcePort(ports);
                destinationPorts[at] = FlowWords.DestinationPort(ports);
                lengths[at] = FlowWords.Length(ports);
                synWindows[at] = FlowWords.SynWindow(ports);
                synLengths[at] = FlowWords.SynLength(kind);
                protocols[at] = FlowWords.Protocol(kind);
                ttls[at] = FlowWords.Ttl(kind);
                flags[at] = FlowWords.TcpFlags(kind);
                marks[at] = FlowWords.Marks(kind);
                firsts[at] = row->First;
                lasts[at] = row->Last;
                earliest = Math.Min(earliest, row->First);
                at++;
            }
        }

        columns.Count = at;
        return earliest;
    }

    public static void Append(in FlowRow6 row, long slot, FlowTuples<UInt128> columns)
    {
        var at = columns.Count++;
        var (ports, kind) = (row.Ports, row.Kind);
        columns.Slot[at] = (uint)(slot * FlowTuples<uint>.SlotSeconds);
        columns.Source[at] = row.Source;
        columns.Destination[at] = row.Destination;
        columns.SourcePort[at] = FlowWords.SourcePort(ports);
        columns.DestinationPort[at] = FlowWords.DestinationPort(ports);
        columns.Protocol[at] = FlowWords.Protocol(kind);
        columns.Ttl[at] = FlowWords.Ttl(kind);
        columns.TcpFlags[at] = FlowWords.TcpFlags(kind);
        columns.Length[at] = FlowWords.Length(ports);
        columns.SynLength[at] = FlowWords.SynLength(kind);
        columns.SynWindow[at] = FlowWords.SynWindow(ports);
        columns.Marks[at] = FlowWords.Marks(kind);
        columns.Packets[at] = row.Packets;
        columns.First[at] = row.First;
        columns.Last[at] = row.Last;
    }

    public static void Append<TAddress>(in BackscatterRow<TAddress> row, long slot, Backscatter<TAddress> columns)
        where TAddress : unmanaged, IEquatable<TAddress>
    {
        var at = columns.Count++;
        columns.Slot[at] = (uint)(slot * FlowTuples<uint>.SlotSeconds);
        columns.Victim[at] = row.Victim;
        columns.Protocol[at] = row.Protocol;
        columns.Reasons[at] = row.Reasons;
        columns.VictimPort[at] = row.Port;
        columns.Packets[at] = row.Packets;
        columns.Bytes[at] = row.Bytes;
        columns.Mismatches[at] = row.Mismatches;
        columns.DarkAddresses[at] = row.DarkAddresses;
        columns.VictimPorts[at] = row.VictimPorts;
        columns.First[at] = row.First;
        columns.Last[at] = row.Last;
    }
}
