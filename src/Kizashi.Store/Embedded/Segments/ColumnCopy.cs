using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>Copies columns of batches behind those of a writer's buffer.</summary>
internal static class ColumnCopy
{
    /// <summary>Copies rows from a position on until the buffer holds its most; returns how many.</summary>
    public static int Append<TAddress>(FlowTuples<TAddress> from, int at, FlowTuples<TAddress> into, int most)
        where TAddress : unmanaged
    {
        var rows = Math.Min(from.Count - at, most - into.Count);
        into.EnsureCapacity(into.Count + rows);
        var to = into.Count;
        Array.Copy(from.Slot, at, into.Slot, to, rows);
        Array.Copy(from.Source, at, into.Source, to, rows);
        Array.Copy(from.Destination, at, into.Destination, to, rows);
        Array.Copy(from.SourcePort, at, into.SourcePort, to, rows);
        Array.Copy(from.DestinationPort, at, into.DestinationPort, to, rows);
        Array.Copy(from.Protocol, at, into.Protocol, to, rows);
        Array.Copy(from.Ttl, at, into.Ttl, to, rows);
        Array.Copy(from.TcpFlags, at, into.TcpFlags, to, rows);
        Array.Copy(from.Length, at, into.Length, to, rows);
        Array.Copy(from.SynLength, at, into.SynLength, to, rows);
        Array.Copy(from.SynWindow, at, into.SynWindow, to, rows);
        Array.Copy(from.Marks, at, into.Marks, to, rows);
        Array.Copy(from.Packets, at, into.Packets, to, rows);
        Array.Copy(from.First, at, into.First, to, rows);
        Array.Copy(from.Last, at, into.Last, to, rows);
        into.Count += rows;
        return rows;
    }

    public static void Append(Backscatter<uint> from, Backscatter<UInt128> into, ref SegmentExtent extent)
    {
        into.EnsureCapacity(into.Count + from.Count);
        for (var row = 0; row < from.Count; row++)
            into.Victim[into.Count + row] = Address.FromV4(from.Victim[row]).Value;

        Rest(from, into, ref extent);
    }

    public static void Append(Backscatter<UInt128> from, Backscatter<UInt128> into, ref SegmentExtent extent)
    {
        into.EnsureCapacity(into.Count + from.Count);
        Array.Copy(from.Victim, 0, into.Victim, into.Count, from.Count);
        Rest(from, into, ref extent);
    }

    /// <summary>The way back from mapped to IPv4 addresses.</summary>
    public static void Narrow(Backscatter<UInt128> from, Backscatter<uint> into)
    {
        into.EnsureCapacity(from.Count);
        for (var row = 0; row < from.Count; row++)
            into.Victim[row] = (uint)from.Victim[row];

        Columns(from, into);
        into.Count = from.Count;
    }

    private static void Rest<TAddress>(
        Backscatter<TAddress> from, Backscatter<UInt128> into, ref SegmentExtent extent)
        where TAddress : unmanaged
    {
        var (to, rows) = (into.Count, from.Count);
        Columns(from, into);
        into.Count += rows;
        extent.Rows += rows;
        for (var row = to; row < into.Count; row++)
        {
            extent.Packets += into.Packets[row];
            extent.Add(into.Slot[row], into.Slot[row], into.Victim[row], into.Victim[row]);
        }
    }

    private static void Columns<TFrom, TInto>(Backscatter<TFrom> from, Backscatter<TInto> into)
        where TFrom : unmanaged
        where TInto : unmanaged
    {
        var (to, rows) = (into.Count, from.Count);
        Array.Copy(from.Slot, 0, into.Slot, to, rows);
        Array.Copy(from.Protocol, 0, into.Protocol, to, rows);
        Array.Copy(from.Reasons, 0, into.Reasons, to, rows);
        Array.Copy(from.VictimPort, 0, into.VictimPort, to, rows);
        Array.Copy(from.Packets, 0, into.Packets, to, rows);
        Array.Copy(from.Bytes, 0, into.Bytes, to, rows);
        Array.Copy(from.Mismatches, 0, into.Mismatches, to, rows);
        Array.Copy(from.DarkAddresses, 0, into.DarkAddresses, to, rows);
        Array.Copy(from.VictimPorts, 0, into.VictimPorts, to, rows);
        Array.Copy(from.First, 0, into.First, to, rows);
        Array.Copy(from.Last, 0, into.Last, to, rows);
    }
}
