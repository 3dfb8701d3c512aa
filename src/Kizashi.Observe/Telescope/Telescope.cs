using Kizashi.Core.Pipeline;
using Kizashi.Observe.Telescope.Engine;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope;

/// <summary>A sensor that watches unused addresses: packets in, FlowTuples, Backscatter and PacketSamples out.</summary>
/// <remarks>Runs one source after another; every run begins with empty tables.</remarks>
public sealed class Telescope : IDisposable
{
    private readonly TelescopeOptions _options;
    private readonly TimeProvider _time;
    private readonly TelescopeMetrics _metrics = new();
    private readonly TelescopeMeter _meter;

    /// <exception cref="ArgumentException">The options have faults; the message names each.</exception>
    public Telescope(TelescopeOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var faults = options.Validate();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));

        (_options, _time) = (options, time);
        _meter = new TelescopeMeter(time, _metrics);
    }

    /// <summary>How far it has come, over all its runs; may be read by any thread.</summary>
    public TelescopeProgress Progress => _meter.Snapshot();

    /// <summary>Runs the source to its end, its damage or the cancellation. The caller's thread is one of the workers.</summary>
    /// <remarks>A cancelled file leaves its open slots out, so that another run delivers them whole; a cancelled wire hands them on.</remarks>
    public TelescopeSummary Run(IFrameSource source, IObservationSink sink, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        var started = _time.GetTimestamp();
        _meter.Begin(source);
        using var run = new TelescopeRun(_options, _meter, source, sink, _time, cancellation);
        run.Run();
        return SummaryWriter.Write(run, _time.GetElapsedTime(started));
    }

    public void Dispose() => _metrics.Dispose();
}
