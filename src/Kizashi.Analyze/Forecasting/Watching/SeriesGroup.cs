using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>All series of one declaration, the busiest if there are more than it has room for.</summary>
internal sealed class SeriesGroup
{
    // A series gives way only to one that is so many times busier: what is about equal must not take turns.
    private const double Busier = 4;

    private readonly SeriesDeclaration _declaration;
    private readonly int _mostHours;
    private readonly Dictionary<string, WatchedSeries> _series = new(StringComparer.Ordinal);

    /// <param name="declaration">What is counted.</param>
    /// <param name="mostHours">Hours that are kept.</param>
    /// <param name="observed">The series of which hours were observed, 0 for yes.</param>
    public SeriesGroup(SeriesDeclaration declaration, int mostHours, WatchedSeries observed) => (_declaration, _mostHours, Observed) = (declaration, mostHours, observed);

    public IReadOnlyCollection<WatchedSeries> Series => _series.Values;

    /// <summary>Which hours were observed at all, 0 for yes: the past of a series that begins later.</summary>
    public WatchedSeries Observed { get; }

    /// <summary>Counts that belong to no series, since there was no room for theirs.</summary>
    public long LeftOut { get; private set; }

    public void Load(WatchedSeries series) => _series[series.Key] = series;

    /// <param name="hour">Later than all before.</param>
    /// <param name="counts">By key; what is not in it counted nothing. Null when nothing observed.</param>
    /// <param name="next">Gives the number of a new series.</param>
    /// <param name="removed">Receives the numbers of those that gave way.</param>
    public void Add(long hour, IReadOnlyDictionary<string, double>? counts, Func<int> next, ICollection<int> removed)
    {
        Observed.Add(hour, counts is null ? float.NaN : 0, _mostHours);
        foreach (var series in _series.Values)
            series.Add(hour, counts is null ? float.NaN : (float)counts.GetValueOrDefault(series.Key), _mostHours);

        // One over all is there from the first hour on, counting nothing.
        var isSingle = _declaration.By.Length == 0;
        if (isSingle && counts is { Count: 0 })
            counts = new Dictionary<string, double> { [""] = 0 };

        foreach (var (key, count) in (counts ?? new Dictionary<string, double>()).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal))
        {
            if (_series.ContainsKey(key) || !double.IsFinite(count) || (count < _declaration.AtLeast && !isSingle) || (key.Length == 0) != isSingle)
                continue;

            if (_series.Count >= _declaration.Most && !MakeRoom(count, removed))
            {
                LeftOut++;
                continue;
            }

            // What counted less than it takes to begin a series counted next to nothing.
            var past = Observed.Values[..^1].ToArray();
            var added = new WatchedSeries(next(), _declaration, key, Observed.First, past);
            added.Add(hour, (float)count, _mostHours);
            _series[key] = added;
        }
    }

    private bool MakeRoom(double count, ICollection<int> removed)
    {
        var least = _series.Values.MinBy(series => series.Activity);
        if (least is null || count < Busier * Math.Max(least.Activity, _declaration.AtLeast))
            return false;

        LeftOut++;
        removed.Add(least.Id);
        return _series.Remove(least.Key);
    }
}
