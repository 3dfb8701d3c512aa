using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Storage;
using Kizashi.Portal.Forecasts;
using Kizashi.Portal.Live;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components.Pages;

/// <summary>What is expected of all watched series, and which are about to surge.</summary>
public sealed partial class ForecastsPage
{
    private const int MostShown = 50;
    private const int MostSurges = 50;
    private const int MostOutbreaks = 20;
    private const int MostVictims = 20;

    private IReadOnlyList<OutlookRow> _rows = [];
    private IReadOnlyList<Alert> _surges = [];

    [SupplyParameterFromQuery(Name = "of")]
    public string? Of { get; set; }

    [SupplyParameterFromQuery(Name = "find")]
    public string? Find { get; set; }

    [Inject]
    internal IForecastBook Book { get; set; } = null!;

    [Inject]
    internal IAlertStore Alerts { get; set; } = null!;

    private IEnumerable<SeriesDeclaration> Declared => Book.Latest?.Series.Values.Select(series => series.Declaration).DistinctBy(declaration => declaration.Name) ?? [];

    private string Headline => _surges.Count > 0 ? W.Count("forecasts.head", _surges.Count) : W[Book.Latest is null ? "forecasts.title" : "forecasts.calm"];

    protected override void OnParametersSet() => Load();

    private void Load()
    {
        _surges = Alerts.Query(new AlertQuery { Kind = EventCatalog.ForecastSurge, Open = true, Most = MostSurges });
        _rows =
        [
            .. (Book.Latest?.Series.Values ?? [])
                .Where(series => string.IsNullOrEmpty(Of) || series.Declaration.Name == Of)
                .Where(series => string.IsNullOrWhiteSpace(Find) || series.Name.Contains(Find.Trim(), StringComparison.OrdinalIgnoreCase) || SeriesLabel.Of(series, W).Contains(Find.Trim(), StringComparison.OrdinalIgnoreCase))
                .Select(OutlookRow.Of)
                .OrderByDescending(row => row.Rise).ThenBy(row => row.Series.Name, StringComparer.Ordinal),
        ];
    }

    private protected override Task UpdateAsync(LiveChanges changes)
    {
        if (changes.Alerts)
        {
            Load();
            StateHasChanged();
        }

        return Task.CompletedTask;
    }
}
