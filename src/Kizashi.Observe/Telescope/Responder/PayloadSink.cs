using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Observe.Telescope.Responder;

/// <summary>Adds the first payloads that a responder has collected to the batches of the first shard on their way.</summary>
public sealed class PayloadSink(IObservationSink inner, RespondingSource source) : IObservationSink
{
    public void Take(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var payloads = batch.Shard == 0 ? source.TakePayloads() : [];
        if (payloads.Count > 0)
            batch.Samples = [.. batch.Samples, .. payloads];

        inner.Take(batch);
    }

    public void Interval(long watermarkMillis) => inner.Interval(watermarkMillis);
}
