using System.Globalization;
using Kizashi.Analyze;
using Kizashi.Analyze.Backscatter;
using Kizashi.Analyze.Scans;
using Kizashi.Cli.Configuration;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Recording;
using Kizashi.Observe.Telescope.Responder;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Filters;
using Kizashi.Wire.Ip;

namespace Kizashi.Cli.Watching;

/// <summary>One source observed from its start to its end: frames to alerts.</summary>
internal sealed class Session : IDisposable
{
    // Only counted to this bound; an attacker chooses how many alerts there are.
    private const int MostAlertsCounted = 1_000_000;

    // Together they are most of the time from a packet to its alert, which must stay below two seconds. A kernel gives
    // the packets of an interface in order, but for those of different receive queues.
    private static readonly TimeSpan LiveTolerance = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LiveFlush = TimeSpan.FromMilliseconds(500);

    private const int ReflectorTuples = 400_000;
    private const int ReflectorSources = 131_072;
    private const int ReflectorBatchRows = 65_536;

    private readonly SessionServices _services;
    private readonly KizashiOptions _options;
    private readonly SessionPlan _plan;
    private readonly FindingTally _tally = new();
    private readonly HashSet<string> _alerts = [];
    private readonly IDisposable _subscription;
    private volatile Telescope? _telescope;
    private volatile SessionDark? _dark;
    private IFrameSource? _source;
    private SessionSink? _sink;
    private readonly RateMeter _rate;
    private string? _problem;
    private CaptureRecorder? _recorder;
    private volatile string _country = "";
    private IFrameSender? _sender;
    private volatile ReflectorSource? _reflector;
    private volatile RespondingSource? _responder;

    public Session(SessionServices services, KizashiOptions options, SessionPlan plan)
    {
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
            var progress = _telescope?.Progress;
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
                Observing = _dark?.Explanation,
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
        var progress = _telescope?.Progress;
        _rate.Add(progress?.Packets ?? 0);
        var now = _services.Time.GetUtcNow();
        _services.Sensors.Report(new SensorStatus
        {
            Name = _plan.Sensor,
            Kind = _plan.IsReflector ? "reflector" : "telescope",
            Simulated = _plan.Simulated,
            Source = _plan.Kind,
            Running = running,
            DarkPrefixes = _dark?.Dark.Prefixes ?? [],
            DarkInferred = _dark is { IsInferred: true },
            Country = _country,
            LastPacket = progress?.LastPacket,
            LastHeard = now,
            ClockSkew = _plan.Pace == TelescopePace.Live && progress?.LastPacket > now ? progress.LastPacket - now : null,
            PacketsPerSecond = running ? _rate.PerSecond : 0,
            Totals = Totals(progress),
            Engines = _sink?.Engines ?? [],
            Responder = _responder?.Status,
            Reflector = _reflector?.Status,
            Version = ProgramVersion.Text,
        });
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _sink?.Dispose();
        _telescope?.Dispose();
        _source?.Dispose();
        _recorder?.Dispose();
    }

    private WatchSummary Observe(CancellationToken cancellation)
    {
        _source = OpenSource();
        _dark = SessionDark.Choose(_plan, _source, _services.Time);
        _country = Country(_dark.Dark);
        _source = Responding(_dark);
        SessionLog.Started(_services.Log, _plan.Sensor, _source.Name, _dark.Explanation);
        _telescope = new Telescope(TelescopeOptions(_dark.Dark), _services.Time);
        _sink = new SessionSink(
            _services, _plan.Sensor, CreateAnalyzers, _options.Telescope.Shards,
            new SessionSinkOptions(_plan.Again, _plan.Pace == TelescopePace.Live, _tally));
        var summary = _telescope.Run(_source, _responder is { } answers ? new PayloadSink(_sink, answers) : _sink, cancellation);
        _problem = _source.Damage?.ToString();

        // A source that was broken off goes on another time: its open events are not over.
        if (_plan.EndsForGood && !cancellation.IsCancellationRequested)
            _sink.Finish();
        else
            _sink.Suspend(summary.LastPacket?.ToUnixTimeMilliseconds() ?? 0);

        _recorder?.Dispose();
        SessionLog.Stopped(_services.Log, _plan.Sensor, summary.Packets);
        return Summarize(summary);
    }

    private string Country(PrefixSet dark)
    {
        if (_plan.Country.Length > 0 || dark.Prefixes.Count == 0 || dark.Prefixes[0].Length == 0)
            return _plan.Country;

        return _services.Addresses.Lookup(dark.Prefixes[0].First).Country;
    }

    private IFrameSource Responding(SessionDark dark)
    {
        if (_plan.AnswersPerSecond == 0 || _sender is not { } sender)
            return dark.Source;

        var options = new ResponderOptions { PerSecond = _plan.AnswersPerSecond };
        _responder = new RespondingSource(dark.Source, sender, dark.Dark, options, _services.Time);
        return _responder;
    }

    private IFrameSource OpenSource()
    {
        var source = _plan.Open();
        _sender = source as IFrameSender;
        _reflector = source as ReflectorSource;
        if (_plan.Filter.Length > 0)
            source = new FilteredSource(source, _plan.Filter);

        if (_plan.Record is null)
            return source;

        _recorder = new CaptureRecorder(RecorderOptions(_plan.Record), _services.Time);
        return new RecordingSource(source, _recorder);
    }

    private RecorderOptions RecorderOptions(RecordSettings record)
    {
        var total = (long)(record.MaxGiB * (1L << 30));
        return new RecorderOptions
        {
            Folder = record.Directory,
            Name = _plan.Sensor,
            TotalBytes = total,
            FileBytes = Math.Clamp(total / 8, 64 * 1024, 256L << 20),
            Keep = TimeSpan.FromHours(record.MaxHours),
            Waits = _plan.Pace != TelescopePace.Live,
        };
    }

    private TelescopeOptions TelescopeOptions(PrefixSet dark) => new()
    {
        Sensor = _plan.Sensor,
        Dark = dark,
        Own = Own,
        Pace = _plan.Pace,
        Workers = Math.Clamp(Environment.ProcessorCount, 1, _options.Telescope.Shards),
        Shards = _options.Telescope.Shards,
        ReorderTolerance = _plan.Pace switch
        {
            TelescopePace.Unpaced => TimeSpan.FromSeconds(_options.Telescope.ReorderSeconds),
            TelescopePace.Live => LiveTolerance,
            _ => null,
        },
        JumpBound = TimeSpan.FromSeconds(_options.Telescope.JumpSeconds),
        FlushInterval = LiveFlush,
        // Of forged sources there is no end; nobody needs their exact number.
        MaxTuples = _plan.IsReflector ? Math.Min(ReflectorTuples, _options.Telescope.MaxTuples) : _options.Telescope.MaxTuples,
        MaxSources = _plan.IsReflector ? ReflectorSources : new TelescopeOptions().MaxSources,
        MaxBatchRows = _plan.IsReflector ? ReflectorBatchRows : new TelescopeOptions().MaxBatchRows,
        Tunnels = _plan.Unwrap ? TunnelMode.Unwrap : TunnelMode.Note,
        Simulated = _plan.Simulated,
    };

    private IReadOnlyList<IAnalyzer> CreateAnalyzers()
    {
        var options = new AnalyzeOptions
        {
            Dark = _dark!.Dark,
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
        return _plan.IsReflector
            ? AnalyzerSet.CreateForReflector(options, _plan.Sensor, _options.Telescope.Shards)
            : AnalyzerSet.Create(options, _plan.Sensor, _options.Telescope.Shards);
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

    private WatchSummary Summarize(TelescopeSummary summary) => new()
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
        Dark = _dark!.Dark.Prefixes,
        DarkInferred = _dark.IsInferred,
        DarkExplanation = _dark.Explanation,
        First = summary.FirstPacket,
        Last = summary.LastPacket,
        Recorded = _recorder?.Status.Frames,
        RecordingLost = _recorder?.Status.Lost,
        Responder = _responder?.Status,
        Reflector = _reflector?.Status,
        BatchesStored = _sink.Taken,
        BatchesKnown = _sink.Duplicates,
        Simulated = _plan.Simulated,
        Error = _problem,
    };
}
