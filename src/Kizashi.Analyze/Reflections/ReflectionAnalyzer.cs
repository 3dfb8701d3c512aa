using System.IO.Hashing;
using System.Text;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Reflections;

/// <summary>Finds victims of amplification attacks by the requests that come to reflectors in their name.</summary>
/// <remarks>All services of a source together are one attack, and so are its pulses within the idle time.</remarks>
internal sealed class ReflectionAnalyzer(ReflectionOptions options, string sensor, int shards) : IAnalyzer
{
    private const int Version = 1;

    private ReflectionShard[] _shards = Fresh(options, sensor, shards);

    public string Name => "reflections";

    public IReadOnlyList<AnalyzerLoss> Losses =>
        [new("evicted", _shards.Sum(shard => shard.Evicted)), new("refused", _shards.Sum(shard => shard.Refused))];

    public void Observe(ObservationBatch batch) => _shards[batch.Shard].Observe(batch);

    public void Advance(long watermarkMillis, ICollection<Finding> findings)
    {
        foreach (var shard in _shards)
            shard.Advance(watermarkMillis, findings);
    }

    public void Finish(ICollection<Finding> findings)
    {
        foreach (var shard in _shards)
            shard.Finish(findings);
    }

    public void Save(Stream stream) => SavedState.Save(stream, (Name, Version), Fingerprint(), Write);

    public void Load(Stream stream) => SavedState.Load(
        stream, (Name, Version), (Fingerprint(), "the state was made with other thresholds or another number of shards"), Reset, Read);

    private void Reset() => _shards = Fresh(options, sensor, shards);

    private void Write(StateWriter writer)
    {
        foreach (var shard in _shards)
            shard.Save(writer);
    }

    private void Read(StateReader reader)
    {
        foreach (var shard in _shards)
            shard.Load(reader);
    }

    private static ReflectionShard[] Fresh(ReflectionOptions options, string sensor, int shards) =>
        [.. Enumerable.Range(0, shards).Select(_ => new ReflectionShard(options, sensor, Math.Max(1, options.MaxSources / shards)))];

    private ulong Fingerprint() => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{shards}|{options}"));
}
