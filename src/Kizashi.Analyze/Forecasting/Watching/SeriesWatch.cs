using System.Collections.Concurrent;
using System.Text.Json;
using Kizashi.Analyze.Forecasting.Surges;
using Kizashi.Core;
using Kizashi.Core.Findings;
using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>Watches declared series hour by hour: counts in, forecasts, their scores, and announced surges out. Pure: what it knows is handed in.</summary>
public sealed class SeriesWatch
{
    // Hours of the past that are handed on.
    private const int Shown = 21 * 24;

    private readonly WatchOptions _options;
    private readonly Forecaster _forecaster;
    private readonly SurgeJudge _judge;
    private readonly Dictionary<string, SeriesGroup> _groups = new(StringComparer.Ordinal);
    private readonly List<int> _removed = [];
    private readonly WatchState _state;
    private int _last;

    /// <param name="declarations">Names differ.</param>
    /// <param name="options">How.</param>
    /// <param name="stored">What was counted before.</param>
    /// <param name="state">What was known before.</param>
    public SeriesWatch(IReadOnlyList<SeriesDeclaration> declarations, WatchOptions options, IReadOnlyList<WatchedCounts> stored, WatchState state)
    {
        ArgumentNullException.ThrowIfNull(declarations);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(state);
        (_options, _state, Declarations) = (options, state, declarations);
        _forecaster = new Forecaster(options.Forecasts);
        _judge = new SurgeJudge(options.Surges);
        Through = state.Through;
        _last = stored.Select(series => series.Id).DefaultIfEmpty(0).Max();
        var kept = declarations.Where(declaration => state.Declared.GetValueOrDefault(declaration.Name) == Written(declaration)).ToDictionary(declaration => declaration.Name);
        Anew = [.. declarations.Where(declaration => !kept.ContainsKey(declaration.Name))];
        foreach (var group in stored.GroupBy(series => series.Declaration))
        {
            if (kept.GetValueOrDefault(group.Key) is { } declaration)
                Load(declaration, [.. group]);
            else
                _removed.AddRange(group.Select(series => series.Id));
        }

        foreach (var declaration in declarations.Where(declaration => !_groups.ContainsKey(declaration.Name)))
            _groups[declaration.Name] = new SeriesGroup(declaration, options.Hours, new WatchedSeries(++_last, declaration, WatchedCounts.Observed, 0, []));
    }

    public IReadOnlyList<SeriesDeclaration> Declarations { get; }

    /// <summary>Declarations that are new or have changed, and of which nothing is counted yet.</summary>
    public IReadOnlyList<SeriesDeclaration> Anew { get; }

    /// <summary>Those have been counted over the hours before by now.</summary>
    public bool HasBegun { get; set; }

    /// <summary>The last hour that is counted, hours since 1970 UTC; null before the first.</summary>
    public long? Through { get; private set; }

    public long LeftOut => _groups.Values.Sum(group => group.LeftOut);

    public IEnumerable<WatchedSeries> Series => _groups.Values.SelectMany(group => group.Series);

    public SurgeRecord Surges => _state.Tally.ToRecord(_state.Surges.Values.Count(state => state.Open is not null));

    /// <param name="declaration">One of those declared.</param>
    /// <param name="hour">Hours since 1970 UTC, later than all before.</param>
    /// <param name="counts">By key; what is not in it counted nothing. Null when nothing observed.</param>
    public void Add(SeriesDeclaration declaration, long hour, IReadOnlyDictionary<string, double>? counts)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        _groups[declaration.Name].Add(hour, counts, () => ++_last, _removed);
    }

    /// <summary>All declarations have got the hour: judges what was said of it, and says what comes.</summary>
    /// <param name="hour">Hours since 1970 UTC.</param>
    /// <param name="issuedFor">What was said of an hour so many hours ahead.</param>
    /// <param name="forecasts">Whether to forecast all series, which takes longest.</param>
    /// <param name="cancellation">Stops it.</param>
    public WatchedHour Close(long hour, Func<long, int, IReadOnlyList<IssuedForecast>> issuedFor, bool forecasts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(issuedFor);
        Through = hour;
        var all = KnownAt(hour);
        Score(hour, all, issuedFor);
        var made = forecasts ? Forecast(all, cancellation) : [];
        var findings = new List<Finding>();
        foreach (var series in all.Where(series => series.Declaration.Surges))
        {
            _state.Surges[series.Id] = _judge.Take(
                (series.Name, series.Declaration.Count), series.Values, hour, _state.Surges.GetValueOrDefault(series.Id, new SurgeState()),
                made.GetValueOrDefault(series.Id), _state.Tally, findings);
        }

        return new WatchedHour(
            findings, [.. all.Where(series => made.ContainsKey(series.Id)).SelectMany(series => Issue(series, hour, made[series.Id]))], Outlooks(all, hour, made));
    }

    /// <summary>The outlooks after an hour that was closed before: for the start of a program.</summary>
    /// <param name="hour">The last that is counted.</param>
    /// <param name="cancellation">Stops it.</param>
    public IReadOnlyDictionary<string, SeriesOutlook> Again(long hour, CancellationToken cancellation)
    {
        var all = KnownAt(hour);
        return Outlooks(all, hour, Forecast(all, cancellation));
    }

    /// <summary>What has been counted since it was last asked.</summary>
    public IReadOnlyCollection<WatchedCounts> TakeUnsaved()
    {
        var unsaved = new List<WatchedCounts>();
        foreach (var series in _groups.Values.SelectMany(group => group.Series.Append(group.Observed)).Where(series => series.Unsaved < series.End))
        {
            unsaved.Add(series.ToSave());
            series.Unsaved = series.End;
        }

        return unsaved;
    }

    /// <summary>Numbers of series that have given way since it was last asked.</summary>
    public IReadOnlyCollection<int> TakeRemoved()
    {
        int[] removed = [.. _removed];
        foreach (var id in removed)
        {
            _state.Surges.Remove(id);
            _state.Leads.Remove(id);
        }

        _removed.Clear();
        return removed;
    }

    public WatchState State() => _state with { Through = Through, Declared = Declarations.ToDictionary(declaration => declaration.Name, Written) };

    private static string Written(SeriesDeclaration declaration) => JsonSerializer.Serialize(declaration, KizashiJson.Options);

    private void Load(SeriesDeclaration declaration, List<WatchedCounts> stored)
    {
        var mask = stored.Find(series => series.Key == WatchedCounts.Observed);
        var observed = new WatchedSeries(mask?.Id ?? ++_last, declaration, WatchedCounts.Observed, mask?.First ?? 0, mask?.Values ?? []);
        var end = Through is { } through ? through + 1 : observed.End;
        var group = new SeriesGroup(declaration, _options.Hours, Cut(observed, end));
        foreach (var counts in stored.Where(series => series.Key != WatchedCounts.Observed))
            group.Load(Cut(new WatchedSeries(counts.Id, declaration, counts.Key, counts.First, counts.Values), end));

        _groups[declaration.Name] = group;
    }

    // The rest of the last day was stored as unknown.
    private static WatchedSeries Cut(WatchedSeries series, long end)
    {
        var cut = series.End <= end ? series : new WatchedSeries(series.Id, series.Declaration, series.Key, series.First, series.Values[..(int)Math.Max(0, end - series.First)].ToArray());
        cut.Unsaved = cut.End;
        return cut;
    }

    private void Score(long hour, List<WatchedSeries> all, Func<long, int, IReadOnlyList<IssuedForecast>> issuedFor)
    {
        var byId = all.ToDictionary(series => series.Id);
        foreach (var lead in _options.Leads)
        {
            foreach (var said in issuedFor(hour, lead))
            {
                if (byId.GetValueOrDefault(said.Series) is not { } series)
                    continue;

                var (actual, at) = (series.Values[^1], series.Values.Length - 1 - 168);
                var naive = at >= 0 ? series.Values[at] : float.NaN;
                if (float.IsNaN(actual) || float.IsNaN(naive))
                    continue;

                if (!_state.Leads.TryGetValue(series.Id, out var tallies))
                    _state.Leads[series.Id] = tallies = [.. _options.Leads.Select(one => new LeadTally { Lead = one, Held = new long[said.Lower.Count] })];

                tallies.Find(tally => tally.Lead == lead)?.Add(said, actual, naive);
            }
        }
    }

    private List<WatchedSeries> KnownAt(long hour) => [.. Series.Where(series => series.End == hour + 1).OrderBy(series => series.Id)];

    private Dictionary<string, SeriesOutlook> Outlooks(List<WatchedSeries> all, long hour, IReadOnlyDictionary<int, SeriesForecast> made) => all
        .Where(series => made.ContainsKey(series.Id))
        .ToDictionary(series => series.Name, series => Outlook(series, hour, made[series.Id]));

    private ConcurrentDictionary<int, SeriesForecast> Forecast(List<WatchedSeries> all, CancellationToken cancellation)
    {
        var made = new ConcurrentDictionary<int, SeriesForecast>();
        Parallel.ForEach(
            all, new ParallelOptions { MaxDegreeOfParallelism = _options.Parallel, CancellationToken = cancellation },
            series =>
            {
                if (Forecast(series) is { } forecast)
                    made[series.Id] = forecast;
            });
        return made;
    }

    private SeriesForecast? Forecast(WatchedSeries series)
    {
        var prepared = SeriesPreparation.Prepare([.. series.Values.ToArray().Select(value => (double)value)], _options.Seasons);
        if (prepared.History.Length == 0)
            return null;

        return _forecaster.Forecast(prepared.History, _options.Horizon + prepared.Behind, prepared.Least).After(prepared.Behind);
    }

    private IEnumerable<IssuedForecast> Issue(WatchedSeries series, long hour, SeriesForecast forecast) => _options.Leads
        .Where(lead => lead <= forecast.Median.Count)
        .Select(lead => new IssuedForecast(
            series.Id, hour + lead, lead, (float)forecast.Median[lead - 1],
            [.. forecast.Bands.Select(band => (float)band.Lower[lead - 1])], [.. forecast.Bands.Select(band => (float)band.Upper[lead - 1])]));

    private SeriesOutlook Outlook(WatchedSeries series, long hour, SeriesForecast forecast) => new()
    {
        Name = series.Name,
        Id = series.Id,
        Declaration = series.Declaration,
        Key = series.Key,
        From = DateTimeOffset.FromUnixTimeSeconds((hour + 1) * 3600),
        Past = series.Values[^Math.Min(series.Values.Length, Shown)..].ToArray(),
        Median = Floats(forecast.Median),
        Bands = [.. forecast.Bands.Select(band => new OutlookBand(band.Level, Floats(band.Lower), Floats(band.Upper)))],
        Models = [.. forecast.Models.Select(model => new OutlookModel(model.Name, model.Weight, model.Skill))],
        Skill = forecast.Skill,
        Fallback = forecast.Fallback,
        Scores = [.. _state.Leads.GetValueOrDefault(series.Id, []).Where(tally => tally.Count > 0).Select(tally => tally.ToScore())],
    };

    private static float[] Floats(IReadOnlyList<double> values) => [.. values.Select(value => (float)value)];
}
