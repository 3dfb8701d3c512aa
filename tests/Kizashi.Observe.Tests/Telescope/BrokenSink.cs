using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Fails on the first batch.</summary>
internal sealed class BrokenSink : IObservationSink
{
    public void Take(ObservationBatch batch) => throw new InvalidOperationException("broken");

    public void Interval(long watermarkMillis)
    {
    }
}
