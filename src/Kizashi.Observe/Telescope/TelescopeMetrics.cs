using System.Diagnostics;
using System.Diagnostics.Metrics;
using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope.Engine;
using Kizashi.Wire;

namespace Kizashi.Observe.Telescope;

/// <summary>Counters of the telescope for /metrics.</summary>
internal sealed class TelescopeMetrics : IDisposable
{
    public const string MeterName = "Kizashi.Observe.Telescope";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _packets;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _undecoded;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _samples;
    private long _samplesDropped;

    public TelescopeMetrics()
    {
        _packets = _meter.CreateCounter<long>("kizashi.telescope.packets", "{packet}", "Frames taken from the wire or file.");
        _bytes = _meter.CreateCounter<long>("kizashi.telescope.bytes", "By", "Bytes on the wire.");
        _undecoded = _meter.CreateCounter<long>("kizashi.telescope.undecoded", "{packet}", "Frames not decoded, by reason.");
        _lost = _meter.CreateCounter<long>("kizashi.telescope.lost", "{packet}", "Packets not aggregated, by reason.");
        _rows = _meter.CreateCounter<long>("kizashi.telescope.rows", "{row}", "Rows handed on, by kind.");
        _batches = _meter.CreateCounter<long>("kizashi.telescope.batches", "{batch}", "Batches handed on.");
        _samples = _meter.CreateCounter<long>("kizashi.telescope.samples", "{packet}", "Raw packets kept as evidence.");
    }

    /// <summary>Samples given up because the budget was spent.</summary>
    public long SamplesDropped => Interlocked.Read(ref _samplesDropped);

    public void Dispose() => _meter.Dispose();

    public void Counted(in SegmentCounts counts, long dropped, ReadOnlySpan<long> statuses)
    {
        _packets.Add(counts.Packets);
        _bytes.Add(counts.Bytes);
        AddLost("not-dark", counts.NotDark);
        AddLost("late", counts.Late);
        AddLost("misdated", counts.Misdated);
        AddLost("dropped", dropped);
        for (var status = 1; status < statuses.Length; status++)
        {
            if (statuses[status] > 0)
                _undecoded.Add(statuses[status], new TagList { { "reason", ((DecodeStatus)status).ToString() } });
        }
    }

    public void Delivered(ObservationBatch batch)
    {
        _batches.Add(1);
        _samples.Add(batch.Samples.Count);
        Interlocked.Add(ref _samplesDropped, batch.Health.SamplesDropped);
        AddLost("sample-budget", batch.Health.SamplesDropped);
        AddRows("flow-tuple", batch.V4.Count + batch.V6.Count);
        AddRows("backscatter", batch.BackscatterV4.Count + batch.BackscatterV6.Count);
    }

    private void AddLost(string reason, long packets)
    {
        if (packets > 0)
            _lost.Add(packets, new TagList { { "reason", reason } });
    }

    private void AddRows(string kind, long rows)
    {
        if (rows > 0)
            _rows.Add(rows, new TagList { { "kind", kind } });
    }
}
