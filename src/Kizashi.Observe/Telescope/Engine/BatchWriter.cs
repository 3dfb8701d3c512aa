using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Turns a shard's rows into columns and hands them on as batches; the columns are used again and again.</summary>
internal sealed class BatchWriter
{
    private readonly IObservationSink _sink;
    private readonly TelescopeOptions _options;
    private readonly TelescopeMetrics _metrics;
    private readonly int _shard;
    private readonly FlowTuples<uint> _v4 = new(1024);
    private readonly FlowTuples<UInt128> _v6 = new(16);
    private readonly Backscatter<uint> _backscatter4 = new(16);
    private readonly Backscatter<UInt128> _backscatter6 = new(16);
    private CutPlace _place;
    private long _watermark;
    private long _from = long.MaxValue;
    private int _part;

    public BatchWriter(IObservationSink sink, TelescopeOptions options, TelescopeMetrics metrics, int shard)
    {
        (_sink, _options, _metrics, _shard) = (sink, options, metrics, shard);
    }

    private int Rows => _v4.Count + _v6.Count + _backscatter4.Count + _backscatter6.Count;

    /// <summary>Packets of rows written and not handed on.</summary>
    public long WaitingPackets
    {
        get
        {
            var packets = 0L;
            foreach (var row in _v4.Packets.AsSpan(0, _v4.Count))
                packets += row;

            foreach (var row in _v6.Packets.AsSpan(0, _v6.Count))
                packets += row;

            return packets;
        }
    }

    /// <summary>The next hand-over is named by this place.</summary>
    public void BeginFlush(CutPlace place, long watermarkMicros)
    {
        // A table that was full may have had its rows handed on at the end of a block, which may be the end of the file too.
        _part = place == _place ? _part : 0;
        (_place, _watermark) = (place, watermarkMicros / 1000);
    }

    public unsafe void Write(SlotTable<FlowRow4> table, long slot)
    {
        for (var from = 0; from < table.Count; from += _options.MaxBatchRows)
        {
            var rows = Math.Min(_options.MaxBatchRows, table.Count - from);
            MakeRoom(rows);
            _v4.EnsureCapacity(_v4.Count + rows);
            Widen(slot, FlowColumns.Append(table.First + from, rows, slot, _v4));
        }
    }

    public void Write(SlotTable<FlowRow6> table, long slot)
    {
        foreach (ref readonly var row in table.Rows)
        {
            if (row.Packets == 0)
                continue;

            MakeRoom(1);
            _v6.EnsureCapacity(_v6.Count + 1);
            FlowColumns.Append(row, slot, _v6);
            Widen(slot, row.First);
        }
    }

    public void Write(SlotTable<BackscatterRow<uint>> table, long slot) => Write(table, slot, _backscatter4);

    public void Write(SlotTable<BackscatterRow<UInt128>> table, long slot) => Write(table, slot, _backscatter6);

    /// <summary>Hands on what was written with the samples and counters that go with it; nothing when there is nothing.</summary>
    /// <remarks>
    /// Samples alone wait for the rows of their packets: which ones are kept depends on what a sender did earlier in the run, and whether
    /// there is a batch must not.
    /// </remarks>
    /// <returns>Samples given up since the last hand-over.</returns>
    public long EndFlush(PacketSampler sampler, SensorHealth health)
    {
        if (Rows == 0 && health == new SensorHealth())
            return 0;

        var (samples, dropped) = sampler.Take();
        Deliver(samples, health with { SamplesDropped = dropped });
        return dropped;
    }

    private void Write<TAddress>(SlotTable<BackscatterRow<TAddress>> table, long slot, Backscatter<TAddress> columns)
        where TAddress : unmanaged, IEquatable<TAddress>
    {
        foreach (ref readonly var row in table.Rows)
        {
            if (row.Packets == 0)
                continue;

            MakeRoom(1);
            columns.EnsureCapacity(columns.Count + 1);
            FlowColumns.Append(row, slot, columns);
            Widen(slot, row.First);
        }
    }

    private void Widen(long slot, int firstMillis) =>
        _from = Math.Min(_from, (slot * SlotClock.SlotMicros / 1000) + firstMillis);

    private void MakeRoom(int rows)
    {
        if (Rows > 0 && Rows + rows > _options.MaxBatchRows)
            Deliver([], new SensorHealth());
    }

    private void Deliver(IReadOnlyList<PacketSample> samples, SensorHealth health)
    {
        var batch = new ObservationBatch
        {
            // A place seldom gives more than one batch; the part keeps those apart that share one.
            Id = BatchId.From(_place.Content ^ ((UInt128)(uint)_part << 64), _place.Position, _shard),
            Sensor = _options.Sensor,
            Shard = _shard,
            Shards = _options.Shards,
            FromMillis = _from == long.MaxValue ? 0 : _from,
            WatermarkMillis = _watermark,
            Simulated = _options.Simulated,
            V4 = _v4,
            V6 = _v6,
            BackscatterV4 = _backscatter4,
            BackscatterV6 = _backscatter6,
            Samples = samples,
            Health = health,
        };
        _sink.Take(batch);
        _metrics.Delivered(batch);
        _part++;
        _from = long.MaxValue;
        (_v4.Count, _v6.Count, _backscatter4.Count, _backscatter6.Count) = (0, 0, 0, 0);
    }
}
