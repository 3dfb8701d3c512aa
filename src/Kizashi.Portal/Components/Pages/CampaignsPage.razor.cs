using Kizashi.Core.Campaigns;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components.Pages;

/// <summary>Which sources work together.</summary>
public sealed partial class CampaignsPage
{
    private const int MostShown = 200;

    [Inject]
    internal ICampaignBook Book { get; set; } = null!;

    /// <summary>Where the page of a campaign is.</summary>
    internal static string PathOf(string name) => "/campaigns/" + Uri.EscapeDataString(name);

    private string Headline => Book.Latest?.Report.Campaigns is not { } campaigns
        ? W["campaigns.title"]
        : campaigns.Count == 0 ? W["campaigns.none"] : W.Count("campaigns.head", campaigns.Count);
}
