using System.Text;
using System.Text.Json;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Watching;

/// <summary>What all reflectors of this process see, judged as one: ten decoys see one attack and not ten.</summary>
/// <remarks>
/// A member enters before it stores and observes a batch, and leaves after it; the judgement and its saving run with nobody inside. What is saved names for each
/// sensor the last batch that is in it, so that after a restart the batches stored since then are observed again, and no other.
/// </remarks>
internal sealed class JointReflections(SessionServices services) : IDisposable
{
    // No sensor may have such a name.
    private const string Name = "*reflections";

    // A sensor whose clock or delivery stands still does not hold the others up.
    private const long MostLagMillis = 10_000;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(5);

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Dictionary<string, JointMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private readonly AnalyzerLosses _losses = new(services.Metrics, new LossLog(services.Log, "reflectors", services.Time));
    private IAnalyzer? _analyzer;
    private Lock[] _shards = [];
    private long _watermark;
    private long _saved = services.Time.GetTimestamp();

    /// <summary>What the judgement gave up because a bound was reached.</summary>
    public long GivenUp => _losses.Total;

    /// <summary>The first to join brings back what was known before.</summary>
    /// <param name="member">Not a member yet.</param>
    /// <param name="create">Makes the analyzer, empty.</param>
    /// <exception cref="CommandException">It delivers in another number of shards than those at work.</exception>
    public void Join(JointMember member, Func<IAnalyzer> create)
    {
        _gate.EnterWriteLock();
        try
        {
            if (_members.Count > 0 && _shards.Length != member.Shards)
                throw new CommandException(ExitCodes.BadInput, $"the sensor delivers in {member.Shards} shards, those at work in {_shards.Length}: it is of another version");

            if (_analyzer is null || _shards.Length != member.Shards)
            {
                _shards = [.. Enumerable.Range(0, member.Shards).Select(_ => new Lock())];
                _analyzer = Restore(create);
                _losses.Begin([_analyzer]);
            }

            _members[member.Sensor] = member;

            // What it stored before it was judged here was judged by itself.
            if (_sequences.TryAdd(member.Sensor, services.Checkpoints.LatestSequence(member.Sensor)))
                Save();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>A pause or an end of the member, which has delivered all it has.</summary>
    public void Leave(JointMember member)
    {
        _gate.EnterWriteLock();
        try
        {
            Save();
            _members.Remove(member.Sensor);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>A member that has failed, or has left already, is none any more.</summary>
    public void Forget(JointMember member)
    {
        _gate.EnterWriteLock();
        try
        {
            if (_members.GetValueOrDefault(member.Sensor) == member)
                _members.Remove(member.Sensor);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public void Enter() => _gate.EnterReadLock();

    public void Exit() => _gate.ExitReadLock();

    /// <summary>By a member that has entered.</summary>
    public void Observe(ObservationBatch batch)
    {
        lock (_shards[batch.Shard])
            _analyzer!.Observe(batch);
    }

    /// <summary>By a member that has not entered: it has delivered all before the time.</summary>
    public void Advance(JointMember member, long watermarkMillis)
    {
        _gate.EnterWriteLock();
        try
        {
            member.Watermark = watermarkMillis;
            var newest = _members.Values.Max(other => other.Watermark);
            var reached = _members.Values.Where(other => other.Watermark > newest - MostLagMillis).Min(other => other.Watermark);
            _watermark = Math.Max(_watermark, reached);
            Judge();
            if (services.Time.GetElapsedTime(_saved) >= SaveEvery)
                Save();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Judge()
    {
        _analyzer!.Advance(_watermark, _findings);
        _losses.Take([_analyzer]);
        services.Counts.Add(_findings);
        services.Alerts.Apply(_findings);
        _findings.Clear();
    }

    // First what all of them are in: a sensor's own checkpoint lets the batches before it be compacted.
    private void Save()
    {
        foreach (var member in _members.Values)
        {
            member.Commit();
            _sequences[member.Sensor] = services.Checkpoints.LatestSequence(member.Sensor);
        }

        using var state = new MemoryStream();
        var sequences = JsonSerializer.SerializeToUtf8Bytes(_sequences);
        using (var writer = new BinaryWriter(state, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(sequences.Length);
            writer.Write(sequences);
        }

        _analyzer!.Save(state);
        services.Checkpoints.Save(new AnalyzerCheckpoint(Name, 0, _watermark, state.ToArray()));
        foreach (var member in _members.Values)
            member.Save(_watermark);

        _saved = services.Time.GetTimestamp();
    }

    private IAnalyzer Restore(Func<IAnalyzer> create)
    {
        var analyzer = create();
        _sequences.Clear();
        if (services.Checkpoints.Find(Name) is not { } checkpoint)
            return analyzer;

        try
        {
            using var state = new BinaryReader(new MemoryStream(checkpoint.State, writable: false));
            var sequences = JsonSerializer.Deserialize<Dictionary<string, long>>(state.ReadBytes(state.ReadInt32())) ?? [];
            analyzer.Load(state.BaseStream);
            foreach (var (sensor, sequence) in sequences)
                _sequences[sensor] = sequence;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or JsonException or ArgumentException)
        {
            SessionLog.CheckpointUnusable(services.Log, "reflectors", fault.Message);
            return create();
        }

        _watermark = checkpoint.WatermarkMillis;
        var findings = new List<Finding>();
        foreach (var watermark in new StoredReplay(services.Checkpoints, _sequences).Run(Observe, _watermark))
        {
            _watermark = watermark;
            analyzer.Advance(watermark, findings);
            services.Counts.Add(findings);
            services.Alerts.Apply(findings);
            findings.Clear();
        }

        return analyzer;

        // What a version with another number of shards has stored fits nothing here.
        void Observe(ObservationBatch batch)
        {
            if (batch.Shards == _shards.Length)
                analyzer.Observe(batch);
        }
    }
}
