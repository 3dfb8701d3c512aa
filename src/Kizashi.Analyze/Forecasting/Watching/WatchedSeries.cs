using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>The hourly counts of one series.</summary>
public sealed class WatchedSeries
{
    // An hour's count tells half of what it did after so many hours.
    private const double Memory = 72;

    private readonly List<float> _values;

    internal WatchedSeries(int id, SeriesDeclaration declaration, string key, long first, IEnumerable<float> values)
    {
        (Id, Declaration, Key, First) = (id, declaration, key, first);
        _values = [.. values];
        foreach (var value in _values)
            Count(value);
    }

    public int Id { get; }

    public SeriesDeclaration Declaration { get; }

    /// <summary>What it is of; empty for one over all.</summary>
    public string Key { get; }

    public string Name => Declaration.SeriesOf(Key);

    /// <summary>The first hour, hours since 1970 UTC.</summary>
    public long First { get; private set; }

    /// <summary>The hour after the last.</summary>
    public long End => First + _values.Count;

    /// <summary>By the hour, NaN where nothing observed.</summary>
    public ReadOnlySpan<float> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);

    /// <summary>How busy it was lately, counts.</summary>
    internal double Activity { get; private set; }

    /// <summary>The hour from which on it is not stored yet.</summary>
    internal long Unsaved { get; set; }

    internal void Add(long hour, float value, int most)
    {
        if (_values.Count == 0)
            First = hour;

        while (End < hour)
            _values.Add(float.NaN);

        _values.Add(value);
        Count(value);
        if (_values.Count <= most)
            return;

        First += _values.Count - most;
        _values.RemoveRange(0, _values.Count - most);
    }

    internal WatchedCounts ToSave()
    {
        var from = Math.Max(First, Unsaved);
        return new WatchedCounts(Id, Declaration.Name, Key, from, [.. _values.Skip((int)(from - First))]);
    }

    private void Count(float value) => Activity = (Activity * Math.Pow(0.5, 1 / Memory)) + (float.IsNaN(value) ? 0 : value);
}
