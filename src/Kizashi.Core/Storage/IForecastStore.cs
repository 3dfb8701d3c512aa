using Kizashi.Core.Forecasts;

namespace Kizashi.Core.Storage;

/// <summary>Keeps the hourly counts of watched series, what was forecast of them, and the state of what judges them.</summary>
public interface IForecastStore
{
    /// <summary>All series with their counts.</summary>
    IReadOnlyList<WatchedCounts> Series();

    /// <summary>Names of all series, in no order.</summary>
    IReadOnlyList<string> Names();

    /// <summary>The series of this name; null for none.</summary>
    WatchedCounts? Find(string name);

    /// <summary>Writes the counts of the latest hours and what was forecast then, as one.</summary>
    /// <param name="counts">Series with the hours that are new or changed; a series that is unknown is added.</param>
    /// <param name="issued">Said for hours to come.</param>
    /// <param name="state">Of what judges them, as it wrote it.</param>
    void Save(IReadOnlyCollection<WatchedCounts> counts, IReadOnlyCollection<IssuedForecast> issued, byte[] state);

    /// <summary>What was saved last; empty before.</summary>
    byte[] State();

    /// <summary>What was said of one hour so many hours ahead, of all series.</summary>
    IReadOnlyList<IssuedForecast> IssuedFor(long hour, int lead);

    /// <summary>What was said of one series, from an hour on, by hour.</summary>
    IReadOnlyList<IssuedForecast> IssuedOf(int series, int lead, long from);

    /// <summary>Forgets series, with all that is kept of them.</summary>
    void Remove(IReadOnlyCollection<int> series);

    /// <summary>Forgets counts and forecasts of the hours before.</summary>
    void Forget(long beforeCounts, long beforeIssued);
}
