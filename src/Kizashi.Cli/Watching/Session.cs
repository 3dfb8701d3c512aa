using System.Globalization;
using Kizashi.Analyze;
using Kizashi.Analyze.Backscatter;
using Kizashi.Analyze.Scans;
using Kizashi.Cli.Configuration;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope;
using Kizashi.SensorHost;
using Kizashi.Wire.Filters;

namespace Kizashi.Cli.Watching;

/// <summary>One source observed from its start to its end: frames to alerts.</summary>
internal sealed class Session : IDisposable
{
    // Only counted to this bound; an attacker chooses how many alerts there are.
    private const int MostAlertsCounted = 1_000_000;

    private const string Reflector = "reflector";

    // A flood of forged sources makes a row of each request.
    private const int ReflectorRows = 131_072;

    private readonly SessionServices _services;
    private readonly KizashiOptions _options;
    private readonly SessionPlan _plan;
    private readonly JointReflections _joint;
    private readonly FindingTally _tally = new();
    private readonly HashSet<string> _alerts = [];
    private readonly IDisposable _subscription;
    private readonly RateMeter _rate;
    private volatile ISessionFeed? _feed;
    private SessionSink? _sink;
    private volatile string _country = "";

    public Session(SessionServices services, JointReflections joint, KizashiOptions options, SessionPlan plan)
    {
        _joint = joint;
        _services = services;
        _options = options;
        _plan = plan;
        _rate = new RateMeter(services.Time);
        _subscription = services.Feed.Subscribe(OnChange);
    }

    public WatchProgress Progress
    {
        get
        {
            var progress = _feed?.Progress;
            return new WatchProgress
            {
                Fraction = progress?.SourceProgress,
                Packets = progress?.Packets ?? 0,
                PacketsPerSecond = _rate.PerSecond,
                Malformed = progress?.Malformed ?? 0,
                Lost = (progress?.Late ?? 0) + (progress?.Misdated ?? 0) + (progress?.Dropped ?? 0) + (_sink?.RefusedPackets ?? 0),
                Scans = _tally.Scans,
                Victims = _tally.VictimCount,
                Alerts = AlertCount,
                At = progress?.LastPacket,
                Observing = _feed?.Explanation,
            };
        }
    }

    private PrefixSet Own => _plan.Own ?? new PrefixSet(_options.Networks.Own.Select(Prefix.Parse));

    private long AlertCount
    {
        get
        {
            lock (_alerts)
                return _alerts.Count;
        }
    }

    /// <summary>Blocks until the source ends, is damaged, or the cancellation.</summary>
    /// <exception cref="CommandException">The source cannot be observed at all.</exception>
    public WatchSummary Run(CancellationToken cancellation)
    {
        try
        {
            return Observe(cancellation);
        }
        catch (FilterException fault)
        {
            throw new CommandException(ExitCodes.Usage, $"the filter '{_plan.Filter}' cannot be used: {fault.Message}", fault);
        }
    }

    /// <summary>Tells the registry how the sensor is; called about four times a second.</summary>
    public void Report(bool running)
    {
        var progress = _feed?.Progress;
        _rate.Add(progress?.Packets ?? 0);
        var now = _services.Time.GetUtcNow();
        _services.Sensors.Report(new SensorStatus
        {
            Name = _plan.Sensor,
            Kind = _feed?.Kind ?? "telescope",
            Simulated = _plan.Simulated,
            Source = _plan.Kind,
            Running = running,
            DarkPrefixes = _feed?.Dark.Prefixes ?? [],
            DarkInferred = _feed is { IsDarkInferred: true },
            Country = _country,
            LastPacket = progress?.LastPacket,
            LastHeard = now,
            ClockSkew = _plan.Pace == TelescopePace.Live && progress?.LastPacket > now ? progress.LastPacket - now : null,
            PacketsPerSecond = running ? _rate.PerSecond : 0,
            Totals = Totals(progress),
            Engines = _sink?.Engines ?? [],
            Responder = _feed?.Responder,
            Reflector = _feed?.Reflector,
            Version = ProgramVersion.Text,
        });
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _sink?.Dispose();
        _feed?.Dispose();
    }

    private WatchSummary Observe(CancellationToken cancellation)
    {
        var feed = _plan.OpenStream is { } open
            ? new SensorFeed(open(), _services.Time)
            : (ISessionFeed)new TelescopeFeed(_options, _plan, Own, _services.Time);
        _feed = feed;
        _country = Country(feed);
        SessionLog.Started(_services.Log, _plan.Sensor, feed.Name, feed.Explanation);
        _sink = new SessionSink(
            _services, _plan.Sensor, CreateAnalyzers, feed.Shards,
            new SessionSinkOptions(_plan.Again, _plan.Pace == TelescopePace.Live, _tally, IsJoint(feed) ? _joint : null, CreateJoint, feed.Kind == Reflector ? ReflectorRows : null));
        var summary = feed.Run(_sink, cancellation);

        // A source that was broken off goes on another time: its open events are not over.
        if (_plan.EndsForGood && !cancellation.IsCancellationRequested)
            _sink.Finish();
        else
            _sink.Suspend(summary.LastPacket?.ToUnixTimeMilliseconds() ?? 0);

        SessionLog.Stopped(_services.Log, _plan.Sensor, summary.Packets);
        return Summarize(summary, feed);
    }

    private string Country(ISessionFeed feed)
    {
        if (feed.Country.Length > 0 || feed.Dark.Prefixes.Count == 0 || feed.Dark.Prefixes[0].Length == 0)
            return feed.Country;

        return _services.Addresses.Lookup(feed.Dark.Prefixes[0].First).Country;
    }

    // What a directory holds is of another time.
    private bool IsJoint(ISessionFeed feed) => feed.Kind == Reflector && _plan.Kind == "live";

    private IAnalyzer CreateJoint() => AnalyzerSet.CreateForReflectors(AnalyzeOptions(), _feed!.Shards);

    private IReadOnlyList<IAnalyzer> CreateAnalyzers()
    {
        var (feed, options) = (_feed!, AnalyzeOptions());
        if (feed.Kind != Reflector)
            return AnalyzerSet.Create(options, _plan.Sensor, feed.Shards);

        var own = AnalyzerSet.CreateForReflector(options, _plan.Sensor, feed.Shards);
        return IsJoint(feed) ? own : [CreateJoint(), .. own];
    }

    private AnalyzeOptions AnalyzeOptions()
    {
        return new AnalyzeOptions
        {
            Dark = _feed!.Dark,
            Own = Own,
            Scans = new ScanOptions
            {
                MinDestinations = _options.Scans.MinDestinations,
                MinRate = _options.Scans.MinInternetRate,
                IdleSeconds = _options.Scans.IdleSeconds,
                DurumericIdleSeconds = Math.Min(480, _options.Scans.IdleSeconds),
                IdleSecondsV6 = _options.Scans.IdleSecondsV6,
            },
            Victims = new VictimOptions
            {
                MinPackets = _options.Victims.MinPackets,
                MinSeconds = _options.Victims.MinSeconds,
                MinPacketsPerMinute = _options.Victims.MinPacketsPerMinute,
            },
            Outbreaks = _options.Outbreaks.ToOptions() with { SlowEngines = _plan.Pace == TelescopePace.Live },
            KnownScanners = _services.KnownScanners,
            Addresses = _services.Addresses,
        };
    }

    private void OnChange(LiveEvent change)
    {
        if (change is not AlertChanged changed || !changed.Alert.Sensors.Contains(_plan.Sensor))
            return;

        lock (_alerts)
        {
            if (_alerts.Count < MostAlertsCounted)
                _alerts.Add(changed.Alert.Id);
        }
    }

    private SensorHealth Totals(TelescopeProgress? progress) => progress is null
        ? new SensorHealth()
        : new SensorHealth
        {
            Packets = progress.Packets,
            Bytes = progress.Bytes,
            Malformed = progress.Malformed,
            NotIp = progress.NotIp,
            NotDark = progress.NotDark,
            Late = progress.Late + progress.Misdated,
            Dropped = progress.Dropped,
            SamplesDropped = progress.SamplesDropped,
            TableOverflow = _sink?.GivenUp ?? 0,
        };

    private WatchSummary Summarize(TelescopeSummary summary, ISessionFeed feed) => new()
    {
        Packets = summary.Packets,
        Malformed = summary.Malformed,
        Bytes = summary.Bytes,
        Sources = summary.Sources,
        Destinations = summary.Destinations,
        AddressesEstimated = summary.DistinctEstimated,
        Protocols = summary.Protocols.ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value),
        Fingerprints = summary.Fingerprints,
        FlowTuples = summary.FlowTuples,
        Scans = _tally.Scans,
        DosVictims = [.. _tally.Victims.Select(victim => new WatchVictim(
            victim.Victim, victim.Protocol, victim.FirstSeen, victim.LastSeen, victim.Packets, victim.MaxPacketsPerMinute))],
        Alerts = AlertCount,
        CountsAtLeast = _tally.IsCapped || AlertCount >= MostAlertsCounted,
        Lost = summary.Late + summary.Misdated + summary.Dropped + _sink!.RefusedPackets,
        Seconds = Math.Round(summary.Seconds, 3),
        PacketsPerSecond = Math.Round(summary.PacketsPerSecond),
        NotIp = summary.NotIp,
        NotDark = summary.NotDark,
        Late = summary.Late,
        Misdated = summary.Misdated,
        Open = summary.Open,
        Dropped = summary.Dropped,
        GivenUp = _sink.GivenUp,
        SamplesDropped = summary.SamplesDropped,
        Dark = feed.Dark.Prefixes,
        DarkInferred = feed.IsDarkInferred,
        DarkExplanation = feed.Explanation,
        First = summary.FirstPacket,
        Last = summary.LastPacket,
        Recorded = feed.Recorded?.Frames,
        RecordingLost = feed.Recorded?.Lost,
        Responder = feed.Responder,
        Reflector = feed.Reflector,
        BatchesStored = _sink.Taken,
        BatchesKnown = _sink.Duplicates,
        Simulated = _plan.Simulated,
        Error = feed.Damage,
    };
}
