using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Simulation.Flows;

/// <summary>What one simulated sensor hands on: rows by shard, in batches that end with the slots of ten seconds.</summary>
internal sealed class SensorOutlet
{
    private const long SlotMillis = FlowTuples<uint>.SlotSeconds * 1000;
    private const int MostRows = 262_144;

    private readonly string _sensor;
    private readonly UInt128 _content;
    private readonly IObservationSink _sink;
    private readonly ShardRows[] _shards;
    private long _newest;
    private long _watermark;
    private long _packets;
    private long _bytes;
    private long _late;
    private long _batches;

    /// <param name="sensor">Its name.</param>
    /// <param name="content">Names the scenario; batches are named after it.</param>
    /// <param name="sink">Where batches go.</param>
    /// <param name="shards">At least 1.</param>
    public SensorOutlet(string sensor, UInt128 content, IObservationSink sink, int shards)
    {
        (_sensor, _content, _sink) = (sensor, content, sink);
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new ShardRows())];
    }

    /// <summary>Takes a row; false when it is older than what was handed on, as after a clock was set back.</summary>
    public bool Add(in FlowRow row)
    {
        _packets += row.Packets;
        _bytes += (long)row.Length * row.Packets;
        _newest = Math.Max(_newest, row.Millis);
        if (row.Millis < _watermark)
        {
            _late += row.Packets;
            return false;
        }

        _shards[ShardOf(row.Source)].Add(row);
        return true;
    }

    public void AddBackscatter(in FlowRow row, in FlowAnswer answer) => _shards[ShardOf(answer.Victim)].AddBackscatter(row, answer);

    /// <summary>A slice is over: hands on what is complete.</summary>
    /// <remarks>As a telescope does for files, it waits ten seconds for stragglers before it calls a slot complete.</remarks>
    public void Flush()
    {
        var watermark = Math.Max(_watermark, (_newest - SlotMillis) / SlotMillis * SlotMillis);
        if (watermark > _watermark)
        {
            _watermark = watermark;
            Deliver();
            _sink.Interval(watermark);
            return;
        }

        if (_shards.Any(shard => shard.Count >= MostRows))
            Deliver();
    }

    /// <summary>Nothing more comes: hands on the rest.</summary>
    public void Finish()
    {
        _watermark = Math.Max(_watermark, (_newest / SlotMillis * SlotMillis) + SlotMillis);
        Deliver();
        _sink.Interval(_watermark);
    }

    private int ShardOf(Address address) =>
        _shards.Length == 1 ? 0 : (int)Math.BigMul(SeededRandom.Mix((ulong)address.Value), (ulong)_shards.Length, out _);

    private void Deliver()
    {
        for (var number = 0; number < _shards.Length; number++)
        {
            var shard = _shards[number];
            _sink.Take(new ObservationBatch
            {
                Id = BatchId.From(_content, _batches++, number),
                Sensor = _sensor,
                Shard = number,
                Shards = _shards.Length,
                FromMillis = shard.FromMillis == long.MaxValue ? 0 : shard.FromMillis,
                WatermarkMillis = _watermark,
                Simulated = true,
                V4 = shard.V4,
                V6 = shard.V6,
                BackscatterV4 = shard.BackscatterV4,
                BackscatterV6 = shard.BackscatterV6,
                Health = number == 0 ? new SensorHealth { Packets = _packets, Bytes = _bytes, Late = _late } : new SensorHealth(),
            });
            shard.Clear();
        }

        (_packets, _bytes, _late) = (0, 0, 0);
    }
}
