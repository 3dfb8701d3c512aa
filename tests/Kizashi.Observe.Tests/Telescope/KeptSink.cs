using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Keeps all it is given, as rows that compare.</summary>
internal sealed class KeptSink : IObservationSink
{
    private readonly Lock _gate = new();
    private int _taking;

    public List<FlowRow> Flows { get; } = [];

    public List<VictimRow> Victims { get; } = [];

    public List<PacketSample> Samples { get; } = [];

    public List<(BatchId Id, int Shard, int Rows, long From, long Watermark)> Batches { get; } = [];

    public List<long> Intervals { get; } = [];

    public SensorHealth Health { get; private set; } = new();

    public bool SawTakeDuringInterval { get; private set; }

    /// <summary>Rows of the same key added up, in order.</summary>
    public IReadOnlyList<FlowRow> MergedFlows =>
        [.. Flows.GroupBy(row => row.Key).Select(FlowRow.Merge).OrderBy(row => row.ToString(), StringComparer.Ordinal)];

    /// <summary>Rows of the same key added up, in order.</summary>
    public IReadOnlyList<VictimRow> MergedVictims =>
        [.. Victims.GroupBy(row => (row.Slot, row.Victim, row.Protocol)).Select(VictimRow.Merge)
            .OrderBy(row => row.ToString(), StringComparer.Ordinal)];

    public void Take(ObservationBatch batch)
    {
        Interlocked.Increment(ref _taking);
        lock (_gate)
        {
            Batches.Add((batch.Id, batch.Shard, batch.Rows, batch.FromMillis, batch.WatermarkMillis));
            for (var row = 0; row < batch.V4.Count; row++)
                Flows.Add(FlowRow.From(batch.V4, row, Core.Addresses.Address.FromV4));

            for (var row = 0; row < batch.V6.Count; row++)
                Flows.Add(FlowRow.From(batch.V6, row, Core.Addresses.Address.FromV6));

            for (var row = 0; row < batch.BackscatterV4.Count; row++)
                Victims.Add(VictimRow.From(batch.BackscatterV4, row, Core.Addresses.Address.FromV4));

            for (var row = 0; row < batch.BackscatterV6.Count; row++)
                Victims.Add(VictimRow.From(batch.BackscatterV6, row, Core.Addresses.Address.FromV6));

            Samples.AddRange(batch.Samples);
            Health = Health.Add(batch.Health);
        }

        Interlocked.Decrement(ref _taking);
    }

    public void Interval(long watermarkMillis)
    {
        SawTakeDuringInterval |= Volatile.Read(ref _taking) != 0;
        Intervals.Add(watermarkMillis);
    }
}
