namespace Kizashi.Store.Embedded.Parquet;

/// <summary>The columns of IPv4 FlowTuples in the order of the files.</summary>
internal enum TupleColumn
{
    Slot,
    Source,
    Destination,
    SourcePort,
    DestinationPort,
    Protocol,
    Ttl,
    TcpFlags,
    Length,
    SynLength,
    SynWindow,
    Marks,
    Packets,
    First,
    Last,
}
