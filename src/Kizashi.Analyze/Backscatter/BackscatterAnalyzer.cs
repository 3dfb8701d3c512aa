using System.IO.Hashing;
using System.Text;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Backscatter;

/// <summary>Finds victims of denial-of-service attacks by the RSDoS rule.</summary>
internal sealed class BackscatterAnalyzer(VictimOptions options, string sensor, int shards) : IAnalyzer
{
    private const int Version = 1;

    private VictimShard[] _shards = Fresh(options, sensor, shards);

    public string Name => "backscatter";

    public IReadOnlyList<AnalyzerLoss> Losses =>
    [
        new("evicted", Evicted),
        new("refused", Refused),
        new("forced", _shards.Sum(shard => shard.Forced)),
    ];

    /// <summary>Vectors given up because the table was full.</summary>
    public long Evicted => _shards.Sum(shard => shard.Table.Evicted);

    public long Refused => _shards.Sum(shard => shard.Table.Refused);

    public long Live => _shards.Sum(shard => (long)shard.Table.Entries.Live);

    public void Observe(ObservationBatch batch) => _shards[batch.Shard].Observe(batch);

    public void Advance(long watermarkMillis, ICollection<Finding> findings)
    {
        foreach (var shard in _shards)
            shard.Advance(watermarkMillis);

        Tell(findings);
    }

    public void Finish(ICollection<Finding> findings)
    {
        foreach (var shard in _shards)
            shard.Finish();

        Tell(findings);
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

    private static VictimShard[] Fresh(VictimOptions options, string sensor, int shards) =>
        [.. Enumerable.Range(0, shards)
            .Select(_ => new VictimShard(options, sensor, Math.Max(1, options.MaxVictims / shards)))];

    private ulong Fingerprint() => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{shards}|{options}"));

    private void Tell(ICollection<Finding> findings)
    {
        var reports = _shards.SelectMany(shard => shard.DrainReports())
            .OrderBy(report => report.FirstSeen)
            .ThenBy(report => report.EventId, StringComparer.Ordinal)
            .ThenBy(report => report.State);
        foreach (var report in reports)
            findings.Add(report);
    }
}
