using System.Diagnostics;
using System.Text.Json;
using Kizashi.Analyze.Forecasting.Watching;
using Kizashi.Cli.Configuration;
using Kizashi.Cli.Watching;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Warn.LifeCycle;

namespace Kizashi.Cli.Forecasts;

/// <summary>Keeps the forecasts of all watched series up to the last hour that is stored.</summary>
/// <remarks>
/// Hours are those of the traffic, so that a file watched today is forecast from its own end. Hours that were missed are taken one after the other as if they came now; all of
/// them are counted and judged, and so many of them forecast as there is time for.
/// </remarks>
internal sealed partial class ForecastWatch : BackgroundService, IForecastBook
{
    private const int Days = 60;
    private const int IssuedDays = 30;

    // Hours whose forecasts a page still shows.
    private const int Recent = 21 * 24;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    // What comes a little late still belongs to its hour.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    // For what was missed.
    private static readonly TimeSpan MostCatchUp = TimeSpan.FromMinutes(3);

    private readonly IObservationStore _observations;
    private readonly Func<IForecastStore> _store;
    private readonly AlertBook _alerts;
    private readonly FindingCounts _findings;
    private readonly SeriesCounting _counting;
    private readonly OutbreakOutlooks _outbreaks;
    private readonly VictimOutlooks _victims;
    private readonly KizashiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ForecastWatch> _log;
    private SeriesWatch? _watch;

    // Attacks were looked at up to then.
    private DateTimeOffset? _attacksOf;

    public ForecastWatch(
        IObservationStore observations, IAlertStore alertStore, IServiceProvider services, AlertBook alerts, ICampaignBook campaigns, FindingCounts findings, ISensorRegistry sensors,
        KizashiOptions options, TimeProvider time, ILogger<ForecastWatch> log)
    {
        (_observations, _alerts, _findings, _options, _time, _log) = (observations, alerts, findings, options, time, log);

        _outbreaks = new OutbreakOutlooks(alertStore, campaigns, sensors);

        // Nobody who only looks at what is stored shall make its file.
        _store = services.GetRequiredService<IForecastStore>;
        Prefix[] own = [.. options.Networks.Own.Select(Prefix.Parse)];
        _counting = new SeriesCounting(observations, alertStore, campaigns, findings, new PrefixSet(own));
        _victims = new VictimOutlooks(alertStore, own);
    }

    public ForecastSnapshot? Latest { get; private set; }

    public IReadOnlyList<IssuedForecast> Record(string name, int lead, DateTimeOffset from) =>
        Latest?.Series.GetValueOrDefault(name) is { } series ? _store().IssuedOf(series.Id, lead, from.ToUnixTimeSeconds() / 3600) : [];

    /// <summary>Takes all hours that are stored and over.</summary>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        if (_observations.Statistics is not { Earliest: { } earliest, Latest: { } latest })
            return;

        _watch ??= Open();
        var due = ((latest - Late).ToUnixTimeSeconds() / 3600) - 1;
        var first = Math.Max(earliest.ToUnixTimeSeconds() / 3600, due - (Days * 24) + 1);
        if (first > due)
            return;

        await BeginAsync(_watch, first, cancellation);
        if (_watch.Through >= due)
        {
            await ShowAsync(_watch, cancellation);
            return;
        }

        await TakeAsync(_watch, Math.Max(first, _watch.Through + 1 ?? first), due, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        do
        {
            try
            {
                await RenewAsync(stoppingToken);
                Look();
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Whatever the query engine says of a file, the center goes on; what was not saved is counted again.
                _watch = null;
                Failed(_log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Outbreaks grow faster than by the hour.
    private void Look()
    {
        if (Latest is not { } latest)
            return;

        latest = latest with { Outbreaks = _outbreaks.Now() };
        if (_attacksOf != latest.From)
        {
            _attacksOf = latest.From;
            var (victims, sweeps) = _victims.Now(latest.From);
            latest = latest with { Victims = victims, Sweeps = sweeps };
        }

        Latest = latest;
    }

    private SeriesWatch Open()
    {
        var faults = new List<string>();
        var declared = DeclaredSeries.All(_options.Forecasts, faults);
        foreach (var fault in faults)
            Faulty(_log, fault);

        _findings.Declare(declared);
        var state = new WatchState();
        try
        {
            if (_store().State() is { Length: > 0 } saved)
                state = JsonSerializer.Deserialize<WatchState>(saved, KizashiJson.Options) ?? state;
        }
        catch (JsonException fault)
        {
            Unreadable(_log, fault.Message);
        }

        return new SeriesWatch(declared, new WatchOptions { Hours = Days * 24 }, _store().Series(), state);
    }

    // What was declared since the last time is counted over the hours the others know already.
    private async Task BeginAsync(SeriesWatch watch, long first, CancellationToken cancellation)
    {
        if (watch.Through is not { } through || watch.Anew.Count == 0 || watch.HasBegun)
            return;

        for (var hour = first; hour <= through; hour++)
        {
            var counts = await _counting.CountAsync(watch.Anew, hour, cancellation);
            foreach (var declaration in watch.Anew)
                watch.Add(declaration, hour, counts[declaration.Name]);
        }

        watch.HasBegun = true;
    }

    // After a start: the latest hour is known already.
    private async Task ShowAsync(SeriesWatch watch, CancellationToken cancellation)
    {
        if (Latest is not null || watch.Through is not { } through)
            return;

        var began = Stopwatch.GetTimestamp();
        _store().Save(watch.TakeUnsaved(), [], Written(watch));
        var outlooks = await Task.Run(() => watch.Again(through, cancellation), cancellation);
        Show(watch, through, outlooks, Stopwatch.GetElapsedTime(began));
        Made(_log, outlooks.Count, Latest!.Took.TotalSeconds, 0);
    }

    private void Show(SeriesWatch watch, long hour, IReadOnlyDictionary<string, SeriesOutlook> outlooks, TimeSpan took) =>
        Latest = new ForecastSnapshot(DateTimeOffset.FromUnixTimeSeconds((hour + 1) * 3600), outlooks, watch.LeftOut, watch.Surges, took)
        {
            Outbreaks = Latest?.Outbreaks ?? [],
            Victims = Latest?.Victims,
            Sweeps = Latest?.Sweeps ?? [],
        };

    private static byte[] Written(SeriesWatch watch) => JsonSerializer.SerializeToUtf8Bytes(watch.State(), KizashiJson.Options);

    private async Task TakeAsync(SeriesWatch watch, long from, long due, CancellationToken cancellation)
    {
        var (started, took, next) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, Math.Max(from, due - Recent));
        for (var hour = from; hour <= due; hour++)
        {
            var counts = await _counting.CountAsync(watch.Declarations, hour, cancellation);
            foreach (var declaration in watch.Declarations)
                watch.Add(declaration, hour, counts[declaration.Name]);

            var isForecast = hour == due || hour >= next;
            var began = Stopwatch.GetTimestamp();
            var current = hour;
            var known = await Task.Run(() => watch.Close(current, _store().IssuedFor, isForecast, cancellation), cancellation);
            _store().Save(watch.TakeUnsaved(), known.Issued, Written(watch));
            if (watch.TakeRemoved() is { Count: > 0 } removed)
                _store().Remove(removed);

            _alerts.Apply([.. known.Findings.Select(finding => finding with { Simulated = _observations.Statistics.HasSimulated })]);
            if (!isForecast)
                continue;

            // As many of those that were missed as fit into the time there is, evenly spread.
            took = Stopwatch.GetElapsedTime(began);
            var left = MostCatchUp - Stopwatch.GetElapsedTime(started);
            next = hour + 1 + (left > TimeSpan.Zero ? (long)((due - hour) * took / left) : due - hour - 1);
            Show(watch, hour, known.Outlooks, took);
        }

        _store().Forget(due - (Days * 24), due - (IssuedDays * 24));
        Made(_log, Latest!.Series.Count, took.TotalSeconds, due - from + 1);
    }

    [LoggerMessage(64, LogLevel.Information, "Forecasts: {Count} series in {Seconds:f1} s, {Hours} new hours")]
    private static partial void Made(ILogger log, int count, double seconds, long hours);

    [LoggerMessage(65, LogLevel.Error, "Forecasts are made again later")]
    private static partial void Failed(ILogger log, Exception fault);

    [LoggerMessage(66, LogLevel.Warning, "{Fault}; it is left out")]
    private static partial void Faulty(ILogger log, string fault);

    [LoggerMessage(67, LogLevel.Warning, "Forecasts: what was kept cannot be read and is made anew: {Reason}")]
    private static partial void Unreadable(ILogger log, string reason);
}
