using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Link.Frames;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Recording;
using Kizashi.Wire.Capture;

namespace Kizashi.SensorHost;

/// <summary>Observes until it is told to stop, and puts everything into an output.</summary>
internal sealed class SensorRun(ReflectorSource reflector, TelescopeOptions options, RecorderOptions? record, IObservationOutput output, TimeProvider time) : IObservationSink, IDisposable
{
    private readonly Telescope _telescope = new(options, time);

    /// <summary>Blocks until the cancellation.</summary>
    /// <exception cref="IOException">Nobody reads the output any more.</exception>
    public SensorEnd Run(CancellationToken cancellation)
    {
        using var recorder = record is null ? null : new CaptureRecorder(record, time);
        IFrameSource source = recorder is null ? reflector : new RecordingSource(reflector, recorder);
        var summary = _telescope.Run(source, this, cancellation);
        recorder?.Dispose();
        var end = new SensorEnd { Summary = summary, Reflector = reflector.Status, Recorded = recorder?.Status, Refused = output.Refused };
        output.Finish(end);
        return end;
    }

    public void Dispose() => _telescope.Dispose();

    public void Take(ObservationBatch batch) => output.Take(batch);

    public void Interval(long watermarkMillis)
    {
        output.Interval(watermarkMillis);
        output.Status(new SensorWord { Progress = _telescope.Progress, Reflector = reflector.Status });
    }
}
