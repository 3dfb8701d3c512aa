using Kizashi.Core.Storage;

namespace Kizashi.Core.Campaigns;

/// <summary>What was found when.</summary>
/// <param name="Report">The campaigns.</param>
/// <param name="Range">Of the traffic that was compared.</param>
/// <param name="Took">How long it took.</param>
public sealed record CampaignSnapshot(CampaignReport Report, TimeRange Range, TimeSpan Took);
