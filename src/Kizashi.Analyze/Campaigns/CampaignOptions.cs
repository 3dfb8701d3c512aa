namespace Kizashi.Analyze.Campaigns;

/// <summary>How sources are grouped into campaigns. One set of defaults for darknets of any size.</summary>
public sealed record CampaignOptions
{
    /// <summary>Packets from which on a source is compared with others. Default 3.</summary>
    public int MinPackets { get; init; } = 3;

    /// <summary>Sources that a campaign has at least. Default 8.</summary>
    public int MinSources { get; init; } = 8;

    /// <summary>Sources alike enough to make one the core of a campaign. Default 5.</summary>
    public int MinNeighbors { get; init; } = 5;

    /// <summary>Cosine from which on two sources are alike, 0..1. Default 0.5.</summary>
    public double MinLikeness { get; init; } = 0.5;

    /// <summary>
    /// What two sources must share beyond chance, in nats (sums of log lift). Default 2: e^2 = 7 times as often as by
    /// chance.
    /// </summary>
    public double MinEvidence { get; init; } = 2;

    /// <summary>Nearest neighbors kept of each source. Default 16.</summary>
    public int Neighbors { get; init; } = 16;

    /// <summary>Ports of one source that are looked at, the first by number. Default 32.</summary>
    public int MostPorts { get; init; } = 32;

    /// <summary>Sources that one thing in common is compared over; of more, some stand for all. Default 512.</summary>
    public int MostCompared { get; init; } = 512;
}
