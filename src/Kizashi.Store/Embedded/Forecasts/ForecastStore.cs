using System.Runtime.InteropServices;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.State;
using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.Forecasts;

/// <summary>forecasts.db: counts by the hour, a row for each series and day, and each thing that was said of an hour, a row of its own.</summary>
/// <remarks>A file of its own, since it may grow large and everything else goes on without it.</remarks>
internal sealed class ForecastStore : IForecastStore, IDisposable
{
    public const string FileName = "forecasts.db";

    private const int HoursOfDay = 24;
    private const long Version = 1;

    private static readonly string[] Schema =
    [
        "CREATE TABLE series (id INTEGER PRIMARY KEY, declaration TEXT NOT NULL, key TEXT NOT NULL)",
        "CREATE TABLE counts (series INTEGER NOT NULL, day INTEGER NOT NULL, hours BLOB NOT NULL, PRIMARY KEY (series, day)) WITHOUT ROWID",
        "CREATE INDEX counts_day ON counts (day)",
        "CREATE TABLE issued (lead INTEGER NOT NULL, hour INTEGER NOT NULL, series INTEGER NOT NULL, said BLOB NOT NULL, PRIMARY KEY (lead, hour, series)) WITHOUT ROWID",
        "CREATE INDEX issued_series ON issued (series, lead, hour)",
        "CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    ];

    private readonly StateDatabase _file;

    /// <exception cref="StoreVersionException">A newer Kizashi wrote it.</exception>
    public ForecastStore(string directory) => _file = StateDatabase.Open(Path.Combine(directory, FileName), Migrate);

    public IReadOnlyList<WatchedCounts> Series() => _file.ReadConsistently(session =>
    {
        var days = session.Rows("SELECT series, day, hours FROM counts ORDER BY series, day", row => (Series: row.GetInt32(0), Day: Day(row, 1))).ToLookup(day => day.Series, day => day.Day);
        return session.Rows(
            "SELECT id, declaration, key FROM series ORDER BY id", row => Join(row.GetInt32(0), row.GetString(1), row.GetString(2), [.. days[row.GetInt32(0)]]));
    });

    public IReadOnlyList<string> Names() => _file.Read(session => session.Rows(
        "SELECT declaration, key FROM series WHERE key <> $0", row => SeriesDeclaration.SeriesOf(row.GetString(0), row.GetString(1)), WatchedCounts.Observed));

    public WatchedCounts? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('/', 2);
        return _file.ReadConsistently(session => session.First(
            "SELECT id, declaration, key FROM series WHERE declaration = $0 AND key = $1",
            row => Join(
                row.GetInt32(0), row.GetString(1), row.GetString(2), session.Rows("SELECT day, hours FROM counts WHERE series = $0 ORDER BY day", day => Day(day, 0), row.GetInt32(0))),
            parts[0], parts.ElementAtOrDefault(1) ?? ""));
    }

    public void Save(IReadOnlyCollection<WatchedCounts> counts, IReadOnlyCollection<IssuedForecast> issued, byte[] state)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(issued);
        _file.Write(session =>
        {
            foreach (var series in counts)
            {
                session.Execute("INSERT OR IGNORE INTO series VALUES ($0, $1, $2)", series.Id, series.Declaration, series.Key);
                SaveCounts(session, series);
            }

            foreach (var one in issued)
                session.Execute("INSERT OR REPLACE INTO issued VALUES ($0, $1, $2, $3)", one.Lead, one.Hour, one.Series, Said(one));

            session.Execute("INSERT OR REPLACE INTO state VALUES ('judges', $0)", state);
        });
    }

    public byte[] State() => _file.Read(session => session.First("SELECT value FROM state WHERE name = 'judges'", row => row.GetFieldValue<byte[]>(0))) ?? [];

    public IReadOnlyList<IssuedForecast> IssuedFor(long hour, int lead) => _file.Read(session => session.Rows(
        "SELECT series, hour, said FROM issued WHERE lead = $0 AND hour = $1 ORDER BY series", row => Read(row, lead), lead, hour));

    public IReadOnlyList<IssuedForecast> IssuedOf(int series, int lead, long from) => _file.Read(session => session.Rows(
        "SELECT series, hour, said FROM issued WHERE series = $0 AND lead = $1 AND hour >= $2 ORDER BY hour", row => Read(row, lead), series, lead, from));

    public void Remove(IReadOnlyCollection<int> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        _file.Write(session =>
        {
            foreach (var id in series)
            {
                session.Execute("DELETE FROM issued WHERE series = $0", id);
                session.Execute("DELETE FROM counts WHERE series = $0", id);
                session.Execute("DELETE FROM series WHERE id = $0", id);
            }
        });
    }

    public void Forget(long beforeCounts, long beforeIssued) => _file.Write(session =>
    {
        session.Execute("DELETE FROM counts WHERE day < $0", DayOf(beforeCounts));
        foreach (var lead in session.Rows("SELECT DISTINCT lead FROM issued", row => row.GetInt32(0)))
            session.Execute("DELETE FROM issued WHERE lead = $0 AND hour < $1", lead, beforeIssued);
    });

    public void Dispose() => _file.Dispose();

    private static long DayOf(long hour) => RollupSpan.Floor(hour, HoursOfDay) / HoursOfDay;

    private static (long Day, byte[] Hours) Day(SqliteDataReader row, int column) => (row.GetInt64(column), row.GetFieldValue<byte[]>(column + 1));

    private static WatchedCounts Join(int id, string declaration, string key, List<(long Day, byte[] Hours)> days)
    {
        if (days.Count == 0)
            return new WatchedCounts(id, declaration, key, 0, []);

        var first = days[0].Day * HoursOfDay;
        var values = new float[((days[^1].Day - days[0].Day) + 1) * HoursOfDay];
        values.AsSpan().Fill(float.NaN);
        foreach (var (day, hours) in days)
            MemoryMarshal.Cast<byte, float>(hours).CopyTo(values.AsSpan((int)((day * HoursOfDay) - first)));

        return new WatchedCounts(id, declaration, key, first, values);
    }

    // Median, then lower and upper bound of each band.
    private static byte[] Said(IssuedForecast one) =>
        MemoryMarshal.AsBytes<float>([one.Median, .. one.Lower.Zip(one.Upper).SelectMany(band => new[] { band.First, band.Second })]).ToArray();

    private static IssuedForecast Read(SqliteDataReader row, int lead)
    {
        var said = MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(2)).ToArray();
        return new IssuedForecast(
            row.GetInt32(0), row.GetInt64(1), lead, said[0], [.. said.Skip(1).Where((_, at) => at % 2 == 0)], [.. said.Skip(1).Where((_, at) => at % 2 == 1)]);
    }

    private static void SaveCounts(SqliteSession session, WatchedCounts series)
    {
        for (var at = 0; at < series.Values.Count;)
        {
            var day = DayOf(series.First + at);
            var hours = new float[HoursOfDay];
            hours.AsSpan().Fill(float.NaN);
            if (session.First("SELECT hours FROM counts WHERE series = $0 AND day = $1", row => row.GetFieldValue<byte[]>(0), series.Id, day) is { } kept)
                MemoryMarshal.Cast<byte, float>(kept).CopyTo(hours);

            for (; at < series.Values.Count && DayOf(series.First + at) == day; at++)
                hours[series.First + at - (day * HoursOfDay)] = series.Values[at];

            session.Execute("INSERT OR REPLACE INTO counts VALUES ($0, $1, $2)", series.Id, day, MemoryMarshal.AsBytes<float>(hours).ToArray());
        }
    }

    private static void Migrate(SqliteSession session)
    {
        var version = session.Number("PRAGMA user_version");
        if (version > Version)
            throw new StoreVersionException($"{FileName} has version {version}; this Kizashi knows up to {Version}. Use a newer Kizashi.");

        if (version == Version)
            return;

        session.Execute("BEGIN IMMEDIATE");
        foreach (var statement in Schema)
            session.Execute(statement);

        session.Execute("PRAGMA user_version = 1");
        session.Execute("COMMIT");
    }
}
