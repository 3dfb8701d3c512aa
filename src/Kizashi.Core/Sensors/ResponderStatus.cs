namespace Kizashi.Core.Sensors;

/// <summary>What a telescope that answers SYNs has done since it started.</summary>
public sealed record ResponderStatus
{
    /// <summary>SYN-ACKs sent.</summary>
    public long Answered { get; init; }

    /// <summary>SYNs not answered because their source had an answer within the minute.</summary>
    public long HeldBySource { get; init; }

    /// <summary>SYNs not answered because the rate over all sources was reached.</summary>
    public long HeldByRate { get; init; }

    /// <summary>Answers that could not be made or that the system did not take.</summary>
    public long Unsent { get; init; }

    /// <summary>Packets that the answers brought about; they are not counted as traffic.</summary>
    public long Elicited { get; init; }

    /// <summary>First payloads kept.</summary>
    public long Payloads { get; init; }

    /// <summary>First payloads given up because too many came at once.</summary>
    public long PayloadsDropped { get; init; }
}
