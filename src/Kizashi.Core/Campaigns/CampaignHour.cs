namespace Kizashi.Core.Campaigns;

/// <summary>One hour of a campaign.</summary>
/// <param name="Start">Of the hour.</param>
/// <param name="Active">Sources of the campaign that sent anything.</param>
/// <param name="Joined">Those of them that never did before.</param>
public sealed record CampaignHour(DateTimeOffset Start, int Active, int Joined);
