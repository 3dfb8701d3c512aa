using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Sensors;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Live;
using Kizashi.Portal.Overviews;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components.Pages;

/// <summary>What is happening now, what is new, what rises.</summary>
public sealed partial class OverviewPage
{
    private static readonly TimeSpan FirstAge = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ChartPace = TimeSpan.FromSeconds(5);
    private static readonly Severity[] Severities = [Severity.Critical, Severity.High, Severity.Medium, Severity.Low];

    private readonly Dictionary<string, SensorStatus> _rates = new(StringComparer.Ordinal);
    private HashSet<string> _fresh = [];
    private RangeChoice _choice = RangeChoice.Usual;
    private OverviewView? _view;
    private OverviewAlerts? _alerts;
    private ChartSpec? _map;
    private ChartSpec? _rate;
    private ChartSpec? _ports;
    private DateTimeOffset _drawn;
    private bool _busy;
    private bool _failed;

    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [Inject]
    internal OverviewReader Reader { get; set; } = null!;

    [Inject]
    internal ISensorRegistry Sensors { get; set; } = null!;

    [Inject]
    internal IAddressBook Book { get; set; } = null!;

    [Inject]
    internal PortalOptions Options { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    private string ZoneName => W.Zone.Id;

    private string Headline => _alerts switch
    {
        null => W["overview.title"],
        { OpenTotal: 0 } => W["overview.quiet"],
        { Open: var open } when open[Severity.Critical] > 0 =>
            W.Count("overview.critical", open[Severity.Critical], W.Number(_alerts.OpenTotal)),
        { Open: var open } when open[Severity.High] > 0 =>
            W.Count("overview.high", open[Severity.High], W.Number(_alerts.OpenTotal)),
        _ => W.Count("overview.some", _alerts.OpenTotal),
    };

    protected override async Task OnParametersSetAsync()
    {
        _choice = RangeChoice.Parse(Range, From, To);
        foreach (var sensor in Sensors.All)
            _rates[sensor.Name] = sensor;
        await LoadAsync(FirstAge);
    }

    private async Task LoadAsync(TimeSpan maximumAge)
    {
        try
        {
            var view = await Reader.ReadAsync(_choice, maximumAge);
            (_view, _alerts) = (view, _alerts is null || maximumAge == FirstAge ? view.Alerts : _alerts);
            var simulated = view.Statistics.HasSimulated || Options.DataIsSimulated;
            (_map, _rate, _ports) = OverviewCharts.Draw(view, W, simulated);
            (_drawn, _failed) = (Time.GetUtcNow(), false);
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException)
        {
            // The page stays, says that its charts could not be read, and tries again with the next change.
            _failed = true;
        }
    }

    private protected override async Task UpdateAsync(LiveChanges changes)
    {
        foreach (var sensor in changes.Sensors)
            _rates[sensor.Name] = sensor;
        if (changes.Alerts)
        {
            var before = _alerts?.Newest.Select(alert => alert.Id).ToHashSet() ?? [];
            _alerts = Reader.ReadAlerts();
            _fresh = [.. _alerts.Newest.Select(alert => alert.Id).Where(id => !before.Contains(id))];
        }

        StateHasChanged();
        if (_busy || !_choice.IsLive || Time.GetUtcNow() - _drawn < ChartPace)
            return;

        _busy = true;
        await LoadAsync(ChartPace / 2);
        _busy = false;
        StateHasChanged();
    }
}
