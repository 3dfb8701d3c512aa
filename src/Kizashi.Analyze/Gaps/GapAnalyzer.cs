using System.IO.Hashing;
using System.Text;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Gaps;

/// <summary>Finds times in which the sensor itself was silent or lossy.</summary>
internal sealed class GapAnalyzer : IAnalyzer
{
    internal const long MinuteMillis = 60_000;

    private const int Version = 1;
    private const int SlotMillis = 10_000;

    private readonly GapOptions _options;
    private readonly string _sensor;
    private readonly int _count;
    private GapShard[] _shards = null!;
    private SilenceWatch _silence = null!;
    private LossWatch _loss = null!;

    public GapAnalyzer(GapOptions options, string sensor, int shards)
    {
        _options = options;
        _sensor = sensor;
        _count = shards;
        Reset();
    }

    public string Name => "gaps";

    public IReadOnlyList<AnalyzerLoss> Losses => [];

    public void Observe(ObservationBatch batch) => _shards[batch.Shard].Observe(batch);

    public void Advance(long watermarkMillis, ICollection<Finding> findings)
    {
        Hear(watermarkMillis / SlotMillis, findings);
        Add(_silence.Wait(watermarkMillis), findings);
        Weigh(watermarkMillis / MinuteMillis, findings);
    }

    public void Finish(ICollection<Finding> findings)
    {
        Hear(long.MaxValue, findings);
        Weigh(long.MaxValue, findings);
        Add(_silence.Finish(), findings);
        Add(_loss.Finish(), findings);
    }

    public void Save(Stream stream) => SavedState.Save(stream, (Name, Version), Fingerprint(), Write);

    public void Load(Stream stream) => SavedState.Load(
        stream, (Name, Version), (Fingerprint(), "the state was made with other thresholds or another number of shards"), Reset, Read);

    private void Write(StateWriter writer)
    {
        _silence.Save(writer);
        _loss.Save(writer);
        foreach (var shard in _shards)
            shard.Save(writer);
    }

    private void Read(StateReader reader)
    {
        _silence.Load(reader);
        _loss.Load(reader);
        foreach (var shard in _shards)
            shard.Load(reader);
    }

    private void Reset()
    {
        _shards = [.. Enumerable.Range(0, _count).Select(_ => new GapShard())];
        _silence = new SilenceWatch(_options, _sensor);
        _loss = new LossWatch(_options, _sensor);
    }

    private ulong Fingerprint() => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{_count}|{_options}"));

    // Slots before the end, over all shards, oldest first.
    private void Hear(long end, ICollection<Finding> findings)
    {
        var slots = new SortedDictionary<long, SlotActivity>();
        foreach (var shard in _shards)
        {
            foreach (var (slot, activity) in shard.Slots.TakeWhile(slot => slot.Key < end).ToArray())
            {
                slots[slot] = slots.GetValueOrDefault(slot).Add(activity);
                shard.Slots.Remove(slot);
            }
        }

        foreach (var activity in slots.Values)
            Add(_silence.Take(activity), findings);
    }

    private void Weigh(long end, ICollection<Finding> findings)
    {
        var minutes = new SortedDictionary<long, (long All, long Lost)>();
        foreach (var shard in _shards)
        {
            foreach (var (minute, loss) in shard.Losses.TakeWhile(loss => loss.Key < end).ToArray())
            {
                var sum = minutes.GetValueOrDefault(minute);
                minutes[minute] = (sum.All + loss.All, sum.Lost + loss.Lost);
                shard.Losses.Remove(minute);
            }
        }

        foreach (var (minute, (all, lost)) in minutes)
        {
            foreach (var finding in _loss.Take(minute, all, lost))
                Add(finding, findings);
        }
    }

    private void Add(SensorGapFinding? finding, ICollection<Finding> findings)
    {
        if (finding is not null)
            findings.Add(finding with { Simulated = _shards.Any(shard => shard.IsSimulated) });
    }
}
