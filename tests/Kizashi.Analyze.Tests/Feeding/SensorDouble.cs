using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Feeding;

/// <summary>
/// Delivers packets as a telescope does: late within a tolerance, in several shards, in additive batches of 10-s
/// slots.
/// </summary>
internal sealed class SensorDouble(int seed, int shards = 2, int toleranceMillis = 5000, int mostPerBatch = 200)
{
    public const string Name = "telescope-1";

    private readonly Random _random = new(seed);
    private long _sequence;

    public bool Simulated { get; init; }

    /// <summary>Steps of one batch for each shard, and the watermark behind them.</summary>
    public IEnumerable<(IReadOnlyList<ObservationBatch> Batches, long Watermark)> Deliver(
        IEnumerable<DarkPacket> packets, IEnumerable<AnswerPacket>? answers = null)
    {
        var arrivals = packets.Select(packet => (packet.Millis, Packet: (object)packet))
            .Concat((answers ?? []).Select(answer => (answer.Millis, Packet: (object)answer)))
            .Select(item =>
                (item.Millis, item.Packet,
                Arrival: item.Millis + (toleranceMillis == 0 ? 0 : _random.Next(toleranceMillis))))
            .OrderBy(item => item.Arrival)
            .ToArray();
        var (newest, watermark) = (0L, 0L);
        for (var at = 0; at < arrivals.Length;)
        {
            var step = arrivals.Skip(at).Take(_random.Next(1, mostPerBatch + 1)).ToArray();
            at += step.Length;
            newest = Math.Max(newest, step.Max(item => item.Millis));
            watermark = Math.Max(watermark, newest - toleranceMillis);
            var batches = Enumerable.Range(0, shards).Select(shard => Batch(
                shard,
                [.. step.Select(item => item.Packet).OfType<DarkPacket>()
                    .Where(packet => ShardOf(packet.Source) == shard)],
                [.. step.Select(item => item.Packet).OfType<AnswerPacket>()
                    .Where(answer => ShardOf(answer.Victim) == shard)],
                watermark));
            yield return ([.. batches], watermark);
        }
    }

    private int ShardOf(Address address) => (int)((uint)address.Value.GetHashCode() % (uint)shards);

    private ObservationBatch Batch(
        int shard, IReadOnlyList<DarkPacket> packets, IReadOnlyList<AnswerPacket> answers, long watermark)
    {
        var batch = new ObservationBatch
        {
            Id = BatchId.From(1, ++_sequence, shard),
            Sensor = Name,
            Shard = shard,
            Shards = shards,
            FromMillis = packets.Select(packet => packet.Millis).Concat(answers.Select(answer => answer.Millis))
                .DefaultIfEmpty().Min(),
            WatermarkMillis = watermark,
            Simulated = Simulated,
            Health = new SensorHealth { Packets = packets.Count + answers.Count },
        };
        FlowColumns.Fill(batch.V4, packets.Where(packet => packet.Source.IsV4), address => address.V4);
        FlowColumns.Fill(batch.V6, packets.Where(packet => !packet.Source.IsV4), address => address.Value);
        BackscatterColumns.Fill(batch.BackscatterV4, answers.Where(answer => answer.Victim.IsV4), address =>
            address.V4);
        BackscatterColumns.Fill(batch.BackscatterV6, answers.Where(answer => !answer.Victim.IsV4), address =>
            address.Value);
        return batch;
    }
}
