using System.IO.Hashing;
using System.Text;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.OwnHosts;

/// <summary>
/// Finds own hosts that send to the darknet: the first packet suffices (the DAEDALUS idea, Inoue et al. 2012).
/// </summary>
internal sealed class OwnHostAnalyzer(AnalyzeOptions options, string sensor, int shards) : IAnalyzer
{
    private const int Version = 1;

    private OwnHostShard[] _shards = Fresh(options, sensor, shards);

    public string Name => "own-hosts";

    public IReadOnlyList<AnalyzerLoss> Losses => [new("refused", Refused)];

    /// <summary>FlowTuples of hosts not followed because too many were.</summary>
    public long Refused => _shards.Sum(shard => shard.Refused);

    public int Live => _shards.Sum(shard => shard.Live);

    public void Observe(ObservationBatch batch)
    {
        if (!options.Own.IsEmpty)
            _shards[batch.Shard].Observe(batch);
    }

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
        stream, (Name, Version), (Fingerprint(), "made with other own networks, thresholds or number of shards"), Reset, Read);

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

    private static OwnHostShard[] Fresh(AnalyzeOptions options, string sensor, int shards)
    {
        var filter = new OwnFilter(options.Own);
        var most = Math.Max(1, options.OwnHosts.MaxHosts / shards);
        return [.. Enumerable.Range(0, shards).Select(_ => new OwnHostShard(options.OwnHosts, filter, sensor, most))];
    }

    private ulong Fingerprint() => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(
        $"{shards}|{options.Own}|{string.Join(',', options.Own.Except)}|{options.OwnHosts}"));

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
