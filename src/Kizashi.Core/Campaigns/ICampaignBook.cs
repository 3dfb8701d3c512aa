namespace Kizashi.Core.Campaigns;

/// <summary>The campaigns among the sources of the latest day, kept up in the background.</summary>
public interface ICampaignBook
{
    /// <summary>Null until there was something to compare.</summary>
    CampaignSnapshot? Latest { get; }
}
