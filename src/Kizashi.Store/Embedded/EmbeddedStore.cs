using System.Diagnostics;
using System.Security.Cryptography;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Alerts;
using Kizashi.Store.Embedded.Compaction;
using Kizashi.Store.Embedded.Forecasts;
using Kizashi.Store.Embedded.Maintenance;
using Kizashi.Store.Embedded.Queries;
using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.Segments;
using Kizashi.Store.Embedded.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kizashi.Store.Embedded;

/// <summary>The store of one machine: one data directory, opened by one process at a time.</summary>
public sealed class EmbeddedStore : IObservationStore, IDisposable
{
    private readonly StoreParts _parts;
    private readonly DirectoryLock _lock;
    private readonly RollupReader _rollups;
    private readonly DuckEngine _engine;
    private readonly SegmentQueries _queries;
    private readonly Lazy<ForecastStore> _forecasts;
    private bool _disposed;

    private EmbeddedStore(OpenedDirectory opened, IAddressBook book, TimeProvider time, ILogger logger)
    {
        var options = opened.Options;
        _lock = opened.Lock;
        var guard = new DiskGuard(options, time, logger, opened.Folder)
        {
            FreeSpace = opened.FreeSpace ?? (static path => new DriveInfo(path).AvailableFreeSpace),
        };
        var ledger = new BatchLedger(opened.State, opened.Catalog, opened.Coverage, time);
        var metrics = new StoreMetrics(() => Statistics);
        _parts = new StoreParts(
            options, time, opened.State, opened.Folder, opened.Catalog, ledger, opened.Coverage, guard, metrics,
            new CountryLookup(book, time), new SourceHash(opened.HashKey));
        _rollups = new RollupReader(opened.State, opened.Coverage);
        var temporary = Path.Combine(options.DataDirectory, "temporary");
        TupleCompaction.RemoveLeftovers(temporary);
        _engine = new DuckEngine(options.QueryMemory, Math.Max(1, Environment.ProcessorCount), temporary);
        _queries = new SegmentQueries(_engine, opened.Catalog, opened.Folder, options.QueryMemory);
        Alerts = new AlertStore(opened.State);
        Accounts = new AccountStore(opened.State);
        Checkpoints = new CheckpointStore(
            opened.State, new BatchReplay(opened.State, opened.Catalog, opened.Folder), options.DataDirectory);
        _forecasts = new Lazy<ForecastStore>(() => new ForecastStore(options.DataDirectory));
        Maintenance = new StoreMaintenance(_parts, new Compactor(_parts, temporary, logger), logger);
        guard.Changed += problem => ProblemChanged?.Invoke(problem);
    }

    /// <summary>Raised with one sentence when the store stops taking batches, and with null when it goes on.</summary>
    public event Action<string?>? ProblemChanged;

    public IAlertStore Alerts { get; }

    public ICheckpointStore Checkpoints { get; }

    public IAccountStore Accounts { get; }

    /// <exception cref="StoreVersionException">A newer Kizashi wrote it.</exception>
    public IForecastStore Forecasts => _forecasts.Value;

    /// <summary>Checks, compacts, exports and retires what is stored.</summary>
    public StoreMaintenance Maintenance { get; }

    public StoreStatistics Statistics
    {
        get
        {
            var segments = _parts.Catalog.Segments;
            var tuples = segments.Where(segment => segment.Kind is SegmentKind.V4 or SegmentKind.V6).ToList();
            return new StoreStatistics
            {
                Tuples = tuples.Sum(segment => segment.Rows),
                Packets = tuples.Sum(segment => segment.Packets),
                Bytes = segments.Sum(segment => segment.Bytes),
                Segments = segments.Count,
                Earliest = segments.Count == 0 ? null : Time(segments.Min(segment => segment.MinSlot)),
                Latest = segments.Count == 0 ? null : Time(segments.Max(segment => segment.MaxSlot)),
                HasSimulated = segments.Any(segment => segment.Simulated),
                Problem = _parts.Guard.Problem,
                Refused = _parts.Guard.Refused,
            };
        }
    }

    /// <summary>Opens the data directory, making it if it is not there, and takes its lock.</summary>
    /// <exception cref="StoreLockedException">Another process holds it.</exception>
    /// <exception cref="StoreVersionException">A newer Kizashi wrote it.</exception>
    /// <exception cref="ArgumentException">The options have faults; the message lists all.</exception>
    public static EmbeddedStore Open(
        EmbeddedStoreOptions options, TimeProvider time, IAddressBook book, ILogger? logger = null) =>
        Open(options, time, book, logger, null);

    internal static EmbeddedStore Open(
        EmbeddedStoreOptions options, TimeProvider time, IAddressBook book, ILogger? logger, Func<string, long>? freeSpace)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));

        logger ??= NullLogger.Instance;
        var opened = OpenedDirectory.Open(options, logger, freeSpace);
        try
        {
            return new EmbeddedStore(opened, book, time, logger);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public IObservationWriter OpenWriter(string sensor, bool again = false, int? buffered = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sensor);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ShardWriter(_parts, sensor, again, buffered);
    }

    /// <remarks>Buckets start at multiples of their length since 1970 UTC and are counted whole.</remarks>
    public Task<IReadOnlyList<SeriesPoint>> SeriesAsync(
        TimeRange range, TimeSpan bucket, string? sensor, CancellationToken cancellation) =>
        Ask("series", () => _rollups.Series(range, bucket, sensor, cancellation), cancellation);

    /// <remarks>The range is widened to whole minutes.</remarks>
    public Task<IReadOnlyList<PortActivity>> PortsAsync(
        TimeRange range, int top, bool rising, CancellationToken cancellation) =>
        Ask("ports", () => _rollups.Ports(range, top, rising, cancellation), cancellation);

    /// <remarks>Buckets start at multiples of their length since 1970 UTC and are counted whole.</remarks>
    public Task<IReadOnlyList<SeriesPoint>> PortSeriesAsync(
        byte protocol, ushort port, TimeRange range, TimeSpan bucket, CancellationToken cancellation) =>
        Ask("port", () => _rollups.Port((protocol, port), range, bucket, cancellation), cancellation);

    /// <remarks>The range is widened to slots of ten seconds.</remarks>
    public Task<IReadOnlyList<PortSource>> PortSourcesAsync(
        byte protocol, ushort port, TimeRange range, int top, CancellationToken cancellation) =>
        Ask("sources", () => _queries.Sources((protocol, port), range, top, cancellation), cancellation);

    /// <remarks>The range is widened to whole minutes. Empty while no tables of countries were loaded.</remarks>
    public Task<IReadOnlyList<CountryActivity>> CountriesAsync(TimeRange range, CancellationToken cancellation) =>
        Ask("countries", () => _rollups.Countries(range, cancellation), cancellation);

    public Task<IReadOnlyList<SourceActivity>> ActivityAsync(
        Address source, TimeRange range, CancellationToken cancellation) =>
        Ask("activity", () => _queries.Activity(source, range, cancellation), cancellation);

    /// <remarks>The range is widened to slots of ten seconds.</remarks>
    public Task ContactsAsync(TimeRange range, Action<SourceContact> take, CancellationToken cancellation) =>
        Ask("contacts", () => _queries.Contacts(range, take, cancellation), cancellation);

    public Task<IReadOnlyList<PacketSample>> SamplesAsync(
        Address subject, TimeRange range, int most, CancellationToken cancellation) =>
        Ask("samples", () => _queries.Samples(subject, range, most, cancellation), cancellation);

    public Task<IReadOnlyList<PacketSample>> PortSamplesAsync(
        byte protocol, ushort port, TimeRange range, int most, CancellationToken cancellation) =>
        Ask("port samples", () => _queries.PortSamples((protocol, port), range, most, cancellation), cancellation);

    public Task<IReadOnlyList<SensorGap>> GapsAsync(TimeRange range, CancellationToken cancellation) =>
        Task.FromResult(_parts.Coverage.Gaps(range.From, range.To));

    public void AddGap(SensorGap gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        var (from, to) = (gap.From.ToUnixTimeMilliseconds(), gap.To.ToUnixTimeMilliseconds());
        _parts.State.Write(session =>
        {
            if (session.Execute("INSERT OR IGNORE INTO sensor_gap VALUES ($0, $1, $2, $3)", gap.Sensor, from, to, gap.Reason) > 0)
                session.Committed(() => _parts.Coverage.Add(gap));
        });
    }

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        Maintenance.Dispose();
        _engine.Dispose();
        if (_forecasts.IsValueCreated)
            _forecasts.Value.Dispose();

        _parts.Metrics.Dispose();
        _parts.State.Dispose();
        _lock.Dispose();
    }

    internal static ulong HashKey(SqliteSession session)
    {
        var key = session.First("SELECT value FROM setting WHERE name = 'sketch_key'", row => row.GetFieldValue<byte[]>(0));
        if (key is null)
        {
            key = RandomNumberGenerator.GetBytes(sizeof(ulong));
            session.Execute("INSERT INTO setting VALUES ('sketch_key', $0)", key);
        }

        return BitConverter.ToUInt64(key);
    }

    private static DateTimeOffset Time(uint seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private Task<T> Ask<T>(string name, Func<T> question, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var started = Stopwatch.GetTimestamp();
            var answer = question();
            _parts.Metrics.QuerySeconds.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("query", name));
            return answer;
        },
        cancellation);
}
