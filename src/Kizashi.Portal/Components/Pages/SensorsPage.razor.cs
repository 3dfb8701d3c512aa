using Kizashi.Core;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Portal.Live;
using Kizashi.Portal.Overviews;
using Kizashi.Portal.Sensors;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components.Pages;

/// <summary>Is what the pages show true: health, losses and gaps of each sensor, and the store.</summary>
public sealed partial class SensorsPage
{
    private const int MostOutbreaks = 1_000;

    private static readonly TimeSpan GapsOf = TimeSpan.FromDays(30);
    private static readonly TimeSpan GapPace = TimeSpan.FromSeconds(10);

    private List<SensorStatus> _sensors = [];
    private IReadOnlyList<SensorGap> _gaps = [];
    private IReadOnlyList<SiteRecord> _record = [];
    private StoreStatistics _store = null!;
    private DateTimeOffset _now;
    private DateTimeOffset _read;

    [Inject]
    internal ISensorRegistry Sensors { get; set; } = null!;

    [Inject]
    internal IObservationStore Observations { get; set; } = null!;

    [Inject]
    internal IAlertStore Alerts { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    [Inject]
    internal PortalOptions Options { get; set; } = null!;

    private string Headline => SensorHeadline.Of(_sensors, _now, W);

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _now = Time.GetUtcNow();
        _sensors = [.. Sensors.All.OrderBy(sensor => sensor.Name, StringComparer.Ordinal)];
        _store = Observations.Statistics;
        if (_now - _read < GapPace)
            return;

        _read = _now;
        var range = TimeRange.Last(GapsOf, RangeChoice.Anchor(_store.Latest, _now));
        var gaps = await Observations.GapsAsync(range with { To = range.To.AddDays(1) }, CancellationToken.None);
        _gaps = [.. gaps.OrderByDescending(gap => gap.From)];
        _record = SiteRecord.Of(Alerts.Query(new AlertQuery { Kind = EventCatalog.DarknetOutbreak, Most = MostOutbreaks }));
    }

    private protected override async Task UpdateAsync(LiveChanges changes)
    {
        await LoadAsync();
        StateHasChanged();
    }
}
