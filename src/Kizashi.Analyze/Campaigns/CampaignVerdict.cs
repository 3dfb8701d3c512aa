using Kizashi.Core.Campaigns;

namespace Kizashi.Analyze.Campaigns;

/// <summary>Which sources belong together.</summary>
/// <param name="Labels">Of each source the number of its campaign, the largest campaign 0; -1 for none.</param>
/// <param name="Campaigns">How many there are.</param>
/// <param name="Neighbors">Of each source those most like it, the most alike first.</param>
public sealed record CampaignVerdict(
    IReadOnlyList<int> Labels, int Campaigns, IReadOnlyList<IReadOnlyList<SourceNeighbor>> Neighbors);
