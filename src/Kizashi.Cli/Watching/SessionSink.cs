using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Watching;

/// <summary>Where a session's batches go: into the store, to the analyzers, and what those find to the alerts.</summary>
internal sealed class SessionSink : IObservationSink, IDisposable
{
    // A commit makes what was taken durable and visible; more often than this only costs disk flushes.
    private static readonly TimeSpan CommitEvery = TimeSpan.FromSeconds(2);

    private readonly SessionServices _services;
    private readonly string _sensor;
    private readonly IReadOnlyList<IAnalyzer> _analyzers;
    private readonly IObservationWriter[] _writers;
    private readonly List<Finding> _findings = [];
    private readonly FindingTally _tally;
    private readonly CheckpointKeeper? _checkpoints;
    private readonly bool _isWhole;
    private readonly bool _isJudged;
    private readonly AnalyzerLosses _losses;
    private readonly LossLog _log;
    private readonly JointReflections? _joint;
    private readonly JointMember? _member;
    private volatile IReadOnlyList<EngineStatus> _engines = [];
    private long _lastCommit;
    private long _taken;
    private long _duplicates;
    private long _refused;
    private long _refusedPackets;
    private long _refusedUntold;

    public SessionSink(
        SessionServices services, string sensor, Func<IReadOnlyList<IAnalyzer>> analyzers, int shards, SessionSinkOptions options)
    {
        _services = services;
        _sensor = sensor;
        _analyzers = analyzers();
        _log = new LossLog(services.Log, sensor, services.Time);
        _losses = new AnalyzerLosses(services.Metrics, _log);
        _tally = options.Tally;
        _writers = [.. Enumerable.Range(0, shards).Select(_ => services.Store.OpenWriter(sensor, options.Again, options.Buffered))];
        _checkpoints = options.KeepCheckpoints ? new CheckpointKeeper(services, sensor) : null;
        _lastCommit = services.Time.GetTimestamp();
        var end = services.Checkpoints.Find(sensor);
        var stored = services.Checkpoints.LatestSequence(sensor);
        _isWhole = stored == 0 || (end is { WatermarkMillis: 0, State.Length: 0 } && end.Sequence == stored);
        _isJudged = _isWhole && stored > 0 && !options.Again && !options.KeepCheckpoints;
        if (_checkpoints is not null)
            _analyzers = _checkpoints.Restore(analyzers, Judge);

        _losses.Begin(_analyzers);
        Look();
        if (options.Joint is not { } joint)
            return;

        _member = new JointMember(sensor, shards, CommitWriters, watermark => _checkpoints?.Save(_analyzers, watermark));
        _joint = joint;
        _joint.Join(_member, options.CreateJoint!);
    }

    /// <summary>Batches that the store took.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Batches that were there already.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>Batches that the disk would not take.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Packets in those batches.</summary>
    public long RefusedPackets => Interlocked.Read(ref _refusedPackets);

    /// <summary>What analyzers gave up because a bound was reached.</summary>
    public long GivenUp => _losses.Total + (_joint?.GivenUp ?? 0);

    /// <summary>How the engines stood at the end of the last interval; may be read by any thread.</summary>
    public IReadOnlyList<EngineStatus> Engines => _engines;

    public void Take(ObservationBatch batch)
    {
        _joint?.Enter();
        try
        {
            Store(batch);
        }
        finally
        {
            _joint?.Exit();
        }
    }

    public void Interval(long watermarkMillis)
    {
        _joint?.Enter();
        try
        {
            Advance(watermarkMillis);
        }
        finally
        {
            _joint?.Exit();
        }

        Judge();
        _joint?.Advance(_member!, watermarkMillis);
    }

    /// <summary>The capture is over: ends what is open.</summary>
    public void Finish()
    {
        CommitWriters();
        foreach (var analyzer in _analyzers)
            analyzer.Finish(_findings);

        _losses.Take(_analyzers);
        Judge();
        _services.Alerts.Complete();
        EndCheckpoint();
    }

    /// <summary>A pause, not an end: keeps the analyzers' state for the next start.</summary>
    public void Suspend(long watermarkMillis)
    {
        if (_joint is null)
        {
            CommitWriters();
            _checkpoints?.Save(_analyzers, watermarkMillis);
        }
        else
        {
            _joint.Leave(_member!);
        }

        _services.Alerts.Complete();
        EndCheckpoint();
    }

    public void Dispose()
    {
        if (_member is not null)
            _joint?.Forget(_member);

        foreach (var writer in _writers)
            writer.Dispose();
    }

    private void Store(ObservationBatch batch)
    {
        var isKnown = false;
        switch (_writers[batch.Shard].Append(batch))
        {
            case AppendOutcome.Taken:
                Interlocked.Increment(ref _taken);
                break;
            case AppendOutcome.Duplicate:
                Interlocked.Increment(ref _duplicates);
                isKnown = true;
                break;
            default:
                Interlocked.Increment(ref _refused);
                Interlocked.Add(ref _refusedPackets, batch.Health.Packets);
                Interlocked.Add(ref _refusedUntold, batch.Health.Packets);
                break;
        }

        NoteLosses(batch);
        if (batch.Samples.Count > 0)
            _services.Samples.Add(batch.Samples);

        // Also for a batch the store knows: after a crash the analyzers of this run must see what led up to the rest. With checkpoints
        // they have seen it already.
        if (isKnown && _checkpoints is not null)
            return;

        foreach (var analyzer in _analyzers)
            analyzer.Observe(batch);

        _joint?.Observe(batch);
    }

    private void Advance(long watermarkMillis)
    {
        if (_services.Time.GetElapsedTime(_lastCommit) >= CommitEvery)
            Commit(watermarkMillis);

        foreach (var analyzer in _analyzers)
            analyzer.Advance(watermarkMillis, _findings);

        Look();
    }

    private void Look()
    {
        _losses.Take(_analyzers);
        _engines = [.. _analyzers.SelectMany(analyzer => analyzer.Engines)];
    }

    private void NoteLosses(ObservationBatch batch)
    {
        _log.Note("packets that the kernel dropped", batch.Health.Dropped);
        _log.Note("packets that came too late or with a wrong time", batch.Health.Late);
        _log.Note("samples past their budget", batch.Health.SamplesDropped);
        _log.Note("packets of batches that the disk would not take", Interlocked.Exchange(ref _refusedUntold, 0));
    }

    /// <remarks>
    /// Nobody will read a capture's batches again to rebuild analyzers, so they may be compacted from now on. The time 0 says besides that
    /// no session of the sensor ever died with batches stored and not judged.
    /// </remarks>
    private void EndCheckpoint()
    {
        if (_checkpoints is null)
            _services.Checkpoints.Save(new AnalyzerCheckpoint(_sensor, _services.Checkpoints.LatestSequence(_sensor), _isWhole ? 0 : 1, []));
    }

    private void Commit(long watermarkMillis)
    {
        CommitWriters();
        if (_joint is null)
            _checkpoints?.SaveIfDue(_analyzers, watermarkMillis);

        _lastCommit = _services.Time.GetTimestamp();
    }

    // Side by side: each encodes what it holds and then waits for the disk.
    private void CommitWriters() => Parallel.ForEach(_writers, writer => writer.Commit());

    private void Judge() => Judge(_findings);

    // Also without findings: samples that came late are attached then.
    private void Judge(List<Finding> findings)
    {
        _tally.Add(findings);

        // The same traffic cut another way, such as one file of a directory that was watched whole, gives events of other names. What it
        // is was said when it was new; from the first new batch on everything is told, and what goes on with it.
        if (_isJudged && Taken + Refused == 0 && Duplicates > 0)
            findings.Clear();

        foreach (var gap in findings.OfType<SensorGapFinding>().Where(gap => gap.State == FindingState.Ended))
            _services.Store.AddGap(new SensorGap(gap.Sensor, gap.FirstSeen, gap.LastSeen, gap.Reason));

        _services.Counts.Add(findings);
        _services.Alerts.Apply(findings);
        findings.Clear();
    }
}
