namespace Kizashi.Core.Campaigns;

/// <summary>The campaigns among the sources of the latest day, kept up in the background.</summary>
public interface ICampaignBook
{
    /// <summary>Null until some traffic was looked at.</summary>
    CampaignSnapshot? Latest { get; }
}
