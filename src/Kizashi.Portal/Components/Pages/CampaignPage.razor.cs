using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Portal.Campaigns;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Forecasts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Kizashi.Portal.Components.Pages;

/// <summary>How a campaign grows, who is in it, and what they send.</summary>
public sealed partial class CampaignPage
{
    private const int MostPorts = 6;
    private const int ShownSources = 50;
    private const int SampledSources = 8;
    private const int MostSamples = 16;

    private Campaign? _campaign;
    private ChartSpec? _growth;
    private ChartSpec? _coming;
    private ChartSpec? _countries;
    private IReadOnlyList<PacketSample>? _samples;

    [Parameter]
    public string Name { get; set; } = "";

    [CascadingParameter]
    private HttpContext? Context { get; set; }

    [Inject]
    internal IForecastBook Forecasts { get; set; } = null!;

    [Inject]
    internal ICampaignBook Book { get; set; } = null!;

    [Inject]
    internal IAddressBook Addresses { get; set; } = null!;

    [Inject]
    internal IObservationStore Observations { get; set; } = null!;

    [Inject]
    internal PortalOptions Options { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        _campaign = Book.Latest?.Report.Named(Uri.UnescapeDataString(Name));
        if (_campaign is not { } campaign)
        {
            NotFoundAnswer.Set(Context);
            return;
        }

        var mark = Options.DataIsSimulated || Observations.Statistics.HasSimulated ? W["simulated.word"] : null;
        _growth = CampaignCharts.Growth(campaign, W) with { Mark = mark };
        _coming = Forecasts.Latest?.Outbreaks.FirstOrDefault(outbreak => outbreak.Alert is null && outbreak.Campaign == campaign.Name) is { } outlook
            ? OutbreakForecastCharts.Growth(outlook, W) with { Mark = mark }
            : null;
        _countries = CountryBars.Draw(campaign.Sources, Addresses, W, "kizashi-campaign-countries") is { } countries ? countries with { Mark = mark } : null;
        _samples = await SamplesAsync(campaign);
    }

    private async Task<IReadOnlyList<PacketSample>> SamplesAsync(Campaign campaign)
    {
        var range = new TimeRange(campaign.First, campaign.Last);
        var samples = new List<PacketSample>();
        try
        {
            foreach (var source in campaign.Sources.Take(SampledSources))
                samples.AddRange(await Observations.SamplesAsync(source, range, MostSamples / SampledSources, CancellationToken.None));
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException)
        {
            // The page says that no packet was kept; the rest of it stands.
        }

        return [.. samples.OrderBy(sample => sample.TimeMicros)];
    }
}
