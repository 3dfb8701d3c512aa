using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Simulation.Tests.Flows;

/// <summary>Joins the rows of all batches by key, whoever made them and however they were cut.</summary>
internal sealed class Gathered : IObservationSink
{
    private readonly Lock _gate = new();
    private long _watermark;

    /// <summary>Key as text: packets, first and last millisecond.</summary>
    public Dictionary<string, (long Packets, int First, int Last)> Rows { get; } = [];

    /// <summary>Victim rows: packets and bytes.</summary>
    public Dictionary<string, (long Packets, long Bytes)> Answers { get; } = [];

    public SensorHealth Health { get; private set; } = new();

    public void Take(ObservationBatch batch)
    {
        lock (_gate)
        {
            Assert.True(batch.Simulated);
            Health = Health.Add(batch.Health);
            Take(batch.V4);
            Take(batch.V6);
            Take(batch.BackscatterV4);
            Take(batch.BackscatterV6);
        }
    }

    public void Interval(long watermarkMillis)
    {
        Assert.True(watermarkMillis >= _watermark);
        _watermark = watermarkMillis;
    }

    private void Take<TAddress>(FlowTuples<TAddress> rows)
        where TAddress : unmanaged
    {
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.True(rows.Slot[i] * 1000L + rows.First[i] >= _watermark);
            // Unicornscan shows only over several packets of a source, which a simulation knows from the first.
            var marks = rows.Marks[i] & ~PacketMarks.Unicornscan;
            var key = string.Join(
                ' ', rows.Slot[i], rows.Source[i], rows.Destination[i], rows.SourcePort[i], rows.DestinationPort[i], rows.Protocol[i],
                rows.Ttl[i], rows.TcpFlags[i], rows.Length[i], rows.SynLength[i], rows.SynWindow[i], marks);
            var known = Rows.GetValueOrDefault(key, (0, int.MaxValue, 0));
            Rows[key] = (known.Packets + rows.Packets[i], Math.Min(known.First, rows.First[i]), Math.Max(known.Last, rows.Last[i]));
        }
    }

    private void Take<TAddress>(Backscatter<TAddress> rows)
        where TAddress : unmanaged
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var key = string.Join(' ', rows.Slot[i], rows.Victim[i], rows.Protocol[i]);
            var known = Answers.GetValueOrDefault(key);
            Answers[key] = (known.Packets + rows.Packets[i], known.Bytes + (long)rows.Bytes[i]);
        }
    }
}
