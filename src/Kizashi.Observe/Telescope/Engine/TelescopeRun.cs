using System.Security.Cryptography;
using Kizashi.Core.Pipeline;
using Kizashi.Observe.Telescope.Sources;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>One run over one source: the workers, the shards and what they share.</summary>
internal sealed class TelescopeRun : IDisposable
{
    private readonly TelescopeOptions _options;
    private readonly IObservationSink _sink;
    private readonly TelescopeMeter _meter;
    private readonly UnitReader _reader;
    private readonly UnitExchange _exchange;
    private readonly Shard[] _shards;
    private readonly Partitioner[] _partitioners;
    private readonly int _owners;
    private readonly CancellationToken _cancellation;

    public TelescopeRun(
        TelescopeOptions options, TelescopeMeter meter, IFrameSource source, IObservationSink sink, TimeProvider time,
        CancellationToken cancellation)
    {
        (_options, _meter, _sink, _cancellation) = (options, meter, sink, cancellation);
        var clock = new SlotClock(options.Tolerance);
        var dark = new DarkMap(options.Dark);
        var seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        _owners = Math.Min(options.Workers, options.Shards);
        _reader = new UnitReader(new LookAheadSource(source), options, clock, time);
        _shards = [.. Enumerable.Range(0, options.Shards).Select(
            shard => new Shard(shard, options, clock, new BatchWriter(sink, options, meter.Metrics, shard), seed))];
        _partitioners = [.. Enumerable.Range(0, options.Workers).Select(
            _ => new Partitioner(options.Shards, clock, dark))];
        var units = options.Workers == 1 ? 1 : options.Workers + 2;
        _exchange = new UnitExchange(Enumerable.Range(0, units).Select(_ => new PacketUnit(options.Shards)), _owners);
    }

    public IReadOnlyList<Shard> Shards => _shards;

    public (long First, long Last) Span => _reader.Span;

    /// <summary>Frames the kernel dropped.</summary>
    public long Dropped => _reader.Dropped;

    /// <summary>The workers' counters added up; meaningful after <see cref="Run"/>.</summary>
    public WorkerTally Tally { get; } = new();

    /// <summary>Runs until the source ends or is cancelled; the calling thread is the first worker.</summary>
    public void Run()
    {
        var threads = Enumerable.Range(1, _options.Workers - 1)
            .Select(worker => new Thread(() => Work(worker)) { Name = $"telescope-{worker}", IsBackground = true })
            .ToList();
        threads.ForEach(thread => thread.Start());
        Work(0);
        threads.ForEach(thread => thread.Join());
        _exchange.ThrowFailure();
        foreach (var partitioner in _partitioners)
            Tally.Add(partitioner.Tally);
    }

    public void Dispose()
    {
        foreach (var shard in _shards)
            shard.Dispose();
    }

    private void Work(int worker)
    {
        try
        {
            var next = worker < _owners ? 0L : -1;
            while (true)
            {
                var (takeUp, read) = _exchange.Next(next);
                if (takeUp is not null)
                {
                    if (!TakeUp(takeUp, worker))
                        return;

                    next++;
                    _exchange.Release(takeUp);
                }
                else if (read is not null)
                {
                    Read(read, worker);
                }
                else
                {
                    return;
                }
            }
        }
#pragma warning disable CA1031 // Whatever a sink or source throws ends the run: it is thrown again by Run on the caller's thread.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _exchange.Fail(failure);
        }
    }

    private void Read(PacketUnit unit, int worker)
    {
        var more = _reader.Read(unit, _cancellation.IsCancellationRequested);
        _exchange.EndRead(!more);
        var partitioner = _partitioners[worker];
        unit.Decode(_options.Tunnels);
        partitioner.Partition(unit);
        _meter.Add(unit, partitioner.Tally);
        _exchange.Publish(unit);
    }

    /// <summary>Takes a unit up in all shards of the worker, segment by segment; false when another worker has failed.</summary>
    private bool TakeUp(PacketUnit unit, int worker)
    {
        for (var segment = 0; segment < unit.Segments.Count; segment++)
        {
            for (var shard = worker; shard < _shards.Length; shard += _owners)
                _shards[shard].Take(unit, segment);

            var watermark = unit.Segments[segment].Announced / 1000;
            if (unit.Segments[segment].Cut != CutKind.None && !_exchange.Meet(() => _sink.Interval(watermark)))
                return false;
        }

        return true;
    }
}
