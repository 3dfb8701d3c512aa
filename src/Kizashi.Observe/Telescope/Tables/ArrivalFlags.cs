namespace Kizashi.Observe.Telescope.Tables;

/// <summary>What a shard has to do with an arriving packet.</summary>
[Flags]
internal enum ArrivalFlags : byte
{
    None = 0,

    /// <summary>To a dark address and in time: goes into the table.</summary>
    Aggregate = 1 << 0,

    /// <summary>Speaks of its sender, so that the sender is the subject of samples.</summary>
    Subject = 1 << 1,

    /// <summary>A bare SYN whose sequence number may carry unicornscan's key.</summary>
    Probe = 1 << 2,

    /// <summary>The quoted packet was not sent from the dark address that got the answer.</summary>
    Mismatch = 1 << 3,
}
