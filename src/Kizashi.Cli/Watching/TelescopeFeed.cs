using Kizashi.Cli.Configuration;
using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Recording;
using Kizashi.Observe.Telescope.Responder;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Filters;
using Kizashi.Wire.Ip;

namespace Kizashi.Cli.Watching;

/// <summary>Frames observed by a telescope in this process.</summary>
internal sealed class TelescopeFeed : ISessionFeed
{
    private readonly KizashiOptions _options;
    private readonly SessionPlan _plan;
    private readonly SessionDark _dark;
    private readonly Telescope _telescope;
    private readonly IFrameSource _source;
    private readonly CaptureRecorder? _recorder;
    private RespondingSource? _responder;

    /// <exception cref="CommandException">The source cannot be opened.</exception>
    /// <exception cref="FilterException">Its filter cannot be used.</exception>
    public TelescopeFeed(KizashiOptions options, SessionPlan plan, PrefixSet own, TimeProvider time)
    {
        (_options, _plan) = (options, plan);
        var opened = _source = plan.Open();
        var sender = opened as IFrameSender;
        try
        {
            if (plan.Filter.Length > 0)
                _source = new FilteredSource(_source, plan.Filter);

            if (plan.Record is { } record)
            {
                _recorder = new CaptureRecorder(
                    RecorderOptions.Within(record.Directory, plan.Sensor, record.MaxGiB, record.MaxHours) with { Waits = plan.Pace != TelescopePace.Live }, time);
                _source = new RecordingSource(_source, _recorder);
            }

            _dark = SessionDark.Choose(plan, _source, time);
            _source = Responding(sender, time);
            _telescope = new Telescope(TelescopeOptions(own), time);
        }
        catch
        {
            _recorder?.Dispose();
            _source.Dispose();
            throw;
        }
    }

    public string Kind => "telescope";

    public string Name => _source.Name;

    public PrefixSet Dark => _dark.Dark;

    public bool IsDarkInferred => _dark.IsInferred;

    public string Explanation => _dark.Explanation;

    public string Country => _plan.Country;

    public int Shards => _options.Telescope.Shards;

    public TelescopeProgress Progress => _telescope.Progress;

    public ResponderStatus? Responder => _responder?.Status;

    public ReflectorStatus? Reflector => null;

    public (long Frames, long Lost)? Recorded => _recorder?.Status is { } status ? (status.Frames, status.Lost) : null;

    public string? Damage => _source.Damage?.ToString();

    public TelescopeSummary Run(IObservationSink sink, CancellationToken cancellation)
    {
        var summary = _telescope.Run(_source, _responder is { } answers ? new PayloadSink(sink, answers) : sink, cancellation);
        _recorder?.Dispose();
        return summary;
    }

    public void Dispose()
    {
        _telescope.Dispose();
        _source.Dispose();
        _recorder?.Dispose();
    }

    private IFrameSource Responding(IFrameSender? sender, TimeProvider time)
    {
        if (_plan.AnswersPerSecond == 0 || sender is null)
            return _dark.Source;

        var options = new ResponderOptions { PerSecond = _plan.AnswersPerSecond };
        return _responder = new RespondingSource(_dark.Source, sender, _dark.Dark, options, time);
    }

    private TelescopeOptions TelescopeOptions(PrefixSet own) => new()
    {
        Sensor = _plan.Sensor,
        Dark = _dark.Dark,
        Own = own,
        Pace = _plan.Pace,
        Workers = Math.Clamp(Environment.ProcessorCount, 1, _options.Telescope.Shards),
        Shards = _options.Telescope.Shards,
        ReorderTolerance = _plan.Pace switch
        {
            TelescopePace.Unpaced => TimeSpan.FromSeconds(_options.Telescope.ReorderSeconds),
            TelescopePace.Live => LiveTiming.Tolerance,
            _ => null,
        },
        JumpBound = TimeSpan.FromSeconds(_options.Telescope.JumpSeconds),
        FlushInterval = LiveTiming.Flush,
        MaxTuples = _options.Telescope.MaxTuples,
        Tunnels = _plan.Unwrap ? TunnelMode.Unwrap : TunnelMode.Note,
        Simulated = _plan.Simulated,
    };
}
