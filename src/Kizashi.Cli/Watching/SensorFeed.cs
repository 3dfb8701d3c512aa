using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Link.Frames;
using Kizashi.Link.Spool;
using Kizashi.Observe.Telescope;
using Kizashi.SensorHost;

namespace Kizashi.Cli.Watching;

/// <summary>Batches that a sensor in a process of its own has made: as it makes them, or from a directory.</summary>
/// <param name="stream">Disposed of with this.</param>
/// <param name="time">For the duration.</param>
internal sealed class SensorFeed(ISensorStream stream, TimeProvider time) : ISessionFeed
{
    private readonly SpoolReader? _spool = stream as SpoolReader;
    private readonly BatchTally _tally = new();
    private readonly long _began = time.GetTimestamp();
    private volatile TelescopeProgress? _progress;
    private volatile ReflectorStatus? _reflector;
    private SensorEnd? _end;

    public string Kind => stream.Hello.Kind;

    public string Name => stream.Hello.Source;

    public PrefixSet Dark { get; } = stream.Hello.Dark.Count == 0 ? PrefixSet.Everything : new PrefixSet(stream.Hello.Dark);

    public bool IsDarkInferred => false;

    public string Explanation => stream.Hello.Source;

    public string Country => stream.Hello.Country;

    public int Shards => stream.Hello.Shards;

    public TelescopeProgress? Progress => _progress;

    public ResponderStatus? Responder => null;

    public ReflectorStatus? Reflector => _reflector;

    public (long Frames, long Lost)? Recorded => _end?.Recorded is { } recorded ? (recorded.Frames, recorded.Lost) : null;

    public string? Damage { get; private set; }

    // A directory is left where the cancellation meets it; a sensor that runs is told to end, and then its stream does.
    public TelescopeSummary Run(IObservationSink sink, CancellationToken cancellation)
    {
        try
        {
            while ((_spool is null || !cancellation.IsCancellationRequested) && stream.Read())
                Take(sink);
        }
        catch (IOException fault)
        {
            Damage = fault.Message;
        }

        Damage ??= _spool?.Damage;
        if (_spool is null && _end is null)
            Damage ??= "the sensor broke off";

        return _spool is null && _end is { } end ? end.Summary : _tally.Summary(time.GetElapsedTime(_began));
    }

    public void Dispose() => stream.Dispose();

    private void Take(IObservationSink sink)
    {
        switch (stream.Kind)
        {
            case FrameKind.Batch:
                var batch = stream.Batch();
                _tally.Add(batch, isWhole: _spool is not null);
                sink.Take(batch);
                break;
            case FrameKind.Interval:
                sink.Interval(stream.Watermark());
                if (_spool is not null)
                    _progress = _tally.Progress(Name, time.GetElapsedTime(_began), stream.Progress);

                break;
            case FrameKind.Status:
                var word = stream.Json<SensorWord>();
                _progress = _spool is null ? word.Progress : _progress;
                _reflector = word.Reflector;
                break;
            case FrameKind.End:
                _end = stream.Json<SensorEnd>();
                _reflector = _end.Reflector;
                break;
            default:
                // Of a sensor that is newer than this program.
                break;
        }
    }
}
