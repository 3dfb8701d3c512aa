using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Storage;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Forecasts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Kizashi.Portal.Components.Pages;

/// <summary>How one series goes on, how well that was said before, and what drives it.</summary>
public sealed partial class ForecastPage
{
    private const int ShownDays = 14;
    private const int Hours = 24;

    private static readonly int[] Leads = [1, 24, 168];

    private SeriesOutlook? _series;
    private OutlookRow? _row;
    private ChartSpec? _coming;
    private ChartSpec? _record;
    private Alert? _surge;
    private IReadOnlyList<DriverRow> _parts = [];
    private bool _isOfCountries;
    private int _lead = Hours;

    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "lead")]
    public int? Lead { get; set; }

    [CascadingParameter]
    private HttpContext? Context { get; set; }

    [Inject]
    internal IForecastBook Book { get; set; } = null!;

    [Inject]
    internal IAlertStore Alerts { get; set; } = null!;

    [Inject]
    internal IObservationStore Observations { get; set; } = null!;

    [Inject]
    internal Drivers Drivers { get; set; } = null!;

    [Inject]
    internal PortalOptions Options { get; set; } = null!;

    /// <summary>Where the page of a series is.</summary>
    internal static string PathOf(string name) => "/forecasts/" + string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    protected override async Task OnParametersSetAsync()
    {
        _series = Book.Latest?.Series.GetValueOrDefault(string.Join('/', Name.Split('/').Select(Uri.UnescapeDataString)));
        if (_series is not { } series)
        {
            NotFoundAnswer.Set(Context);
            return;
        }

        var mark = Options.DataIsSimulated || Observations.Statistics.HasSimulated ? W["simulated.word"] : null;
        _lead = Lead is { } lead && Leads.Contains(lead) ? lead : Hours;
        _row = OutlookRow.Of(series);
        _coming = ForecastCharts.Coming(series, ShownDays * Hours, series.Median.Count, W) with { Mark = mark };
        var record = Book.Record(series.Name, _lead, series.From.AddDays(-ShownDays));
        _record = ForecastCharts.Record(series, record, _lead, W) is { } chart ? chart with { Mark = mark } : null;
        _surge = Alerts.Latest(EventCatalog.ForecastSurge, series.Name) is { Closed: null } surge ? surge : null;
        _parts = Drivers.PartsOf(series, W);
        _isOfCountries = false;
        if (_parts.Count > 0)
            return;

        try
        {
            _parts = await Drivers.CountriesOfAsync(series, W, CancellationToken.None);
            _isOfCountries = _parts.Count > 0;
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException)
        {
            // The page says that nothing is known of it; the rest of it stands.
        }
    }
}
