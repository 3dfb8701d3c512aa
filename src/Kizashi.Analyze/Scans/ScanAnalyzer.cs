using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Scans;

/// <summary>Finds scans and aggressive scanners.</summary>
internal sealed class ScanAnalyzer : IAnalyzer
{
    private const int Version = 2;

    // What 42 bits hold, past any slot a FlowTuple can name.
    private const long MostMillis = (1L << 42) - 1;

    private readonly AnalyzeOptions _options;
    private readonly string _sensor;
    private readonly int _shards;
    private readonly ScanJudge _judge;
    private readonly DarkIndex _dark;
    private ScanReporter _reporter = null!;
    private ScanShard<uint>[] _v4 = null!;
    private ScanShard<UInt128>[] _v6 = null!;
    private AggressiveScanners _aggressive = null!;
    private bool[] _simulated = null!;
    private int _day;

    public ScanAnalyzer(AnalyzeOptions options, string sensor, int shards)
    {
        _options = options;
        _sensor = sensor;
        _shards = shards;
        _dark = new DarkIndex(options.Dark);
        _judge = new ScanJudge(options.Scans, options.Aggressive, _dark.Size);
        Reset();
    }

    public string Name => "scans";

    public IReadOnlyList<AnalyzerLoss> Losses =>
    [
        new("evicted", Evicted),
        new("refused", Refused),
        new("forced", _v4.Sum(shard => shard.Forced) + _v6.Sum(shard => shard.Forced)),
        new("scanners", _aggressive.Refused),
    ];

    /// <summary>Events given up because a table was full.</summary>
    public long Evicted => _v4.Sum(shard => shard.Table.Evicted) + _v6.Sum(shard => shard.Table.Evicted);

    /// <summary>FlowTuples not followed because a table was full of better ones.</summary>
    public long Refused => _v4.Sum(shard => shard.Table.Refused) + _v6.Sum(shard => shard.Table.Refused);

    /// <summary>Events under observation.</summary>
    public long Live =>
        _v4.Sum(shard => (long)shard.Table.Entries.Live) + _v6.Sum(shard => (long)shard.Table.Entries.Live);

    public void Observe(ObservationBatch batch)
    {
        _simulated[batch.Shard] |= batch.Simulated;
        var v4 = _v4[batch.Shard];
        v4.BeginBatch(batch.Id.Value);
        ScanReader<uint>.Read(batch.V4, v4, batch.WatermarkMillis);
        v4.Settle(batch.WatermarkMillis);
        var v6 = _v6[batch.Shard];
        v6.BeginBatch(batch.Id.Value);
        ScanReader<UInt128>.Read(batch.V6, v6, batch.WatermarkMillis);
        v6.Settle(batch.WatermarkMillis);
    }

    public void Advance(long watermarkMillis, ICollection<Finding> findings)
    {
        watermarkMillis = Math.Min(watermarkMillis, MostMillis);
        _reporter.IsSimulated = _simulated.Any(simulated => simulated);
        foreach (var shard in _v4)
            shard.Advance(watermarkMillis);

        foreach (var shard in _v6)
            shard.Advance(watermarkMillis);

        Tell(findings);
        var today = SourceDays.DayOf(watermarkMillis);
        if (today > _day)
            JudgeDays(today, findings);

        _day = Math.Max(_day, today);
    }

    public void Finish(ICollection<Finding> findings)
    {
        _reporter.IsSimulated = _simulated.Any(simulated => simulated);
        foreach (var shard in _v4)
            shard.Finish();

        foreach (var shard in _v6)
            shard.Finish();

        Tell(findings);
        JudgeDays(int.MaxValue, findings);
    }

    public void Save(Stream stream) => SavedState.Save(stream, (Name, Version), Fingerprint(), Write);

    public void Load(Stream stream) => SavedState.Load(
        stream, (Name, Version), (Fingerprint(), "made with other dark prefixes, thresholds or number of shards"), Reset, Read);

    private void Write(StateWriter writer)
    {
        writer.WriteSpan<bool>(_simulated);
        writer.Write(_day);
        foreach (var shard in _v4)
            shard.Save(writer);

        foreach (var shard in _v6)
            shard.Save(writer);

        _aggressive.Save(writer);
    }

    private void Read(StateReader reader)
    {
        var simulated = reader.ReadSpan<bool>(_shards);
        simulated.CopyTo(_simulated, 0);
        _day = reader.Read<int>();
        foreach (var shard in _v4)
            shard.Load(reader);

        foreach (var shard in _v6)
            shard.Load(reader);

        _aggressive.Load(reader);
    }

    private void Reset()
    {
        var bounds = ScanBounds.Share(_options.Scans, _options.Aggressive, _shards);
        _reporter = new ScanReporter(_judge, _sensor);
        _v4 = [.. Enumerable.Range(0, _shards).Select(_ => new ScanShard<uint>(_judge, bounds, _reporter, _dark))];
        _v6 = [.. Enumerable.Range(0, _shards).Select(_ => new ScanShard<UInt128>(_judge, bounds, _reporter, null))];
        _aggressive = new AggressiveScanners(_options.Aggressive, _reporter, _sensor);
        _simulated = new bool[_shards];
        _day = 0;
    }

    private ulong Fingerprint()
    {
        var except = string.Join(',', _options.Dark.Except);
        var text = $"{_shards}|{_options.Dark}|{except}|{_options.Scans}|{_options.Aggressive}";
        return System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(text));
    }

    private void Tell(ICollection<Finding> findings)
    {
        var reports = _v4.SelectMany(shard => shard.DrainReports())
            .Concat(_v6.SelectMany(shard => shard.DrainReports()))
            .OrderBy(report => report.Finding.FirstSeen)
            .ThenBy(report => report.Finding.EventId, StringComparer.Ordinal)
            .ThenBy(report => report.Finding.State)
            .ToArray();
        foreach (var report in reports)
            findings.Add(report.Finding);

        _aggressive.Take(reports, findings);
    }

    // All that came before midnight is in; what live events gained that day is folded first.
    private void JudgeDays(int today, ICollection<Finding> findings)
    {
        foreach (var shard in _v4)
            shard.FoldDays(today == int.MaxValue ? long.MaxValue : today * SourceDays.DayMillis);

        foreach (var shard in _v6)
            shard.FoldDays(today == int.MaxValue ? long.MaxValue : today * SourceDays.DayMillis);

        var days = _v4.SelectMany(shard => shard.Days.Open).Concat(_v6.SelectMany(shard => shard.Days.Open));
        foreach (var day in days.Where(day => day < today).Distinct().Order().ToArray())
        {
            ISourceDay[] sources =
            [
                .. _v4.Select(shard => shard.Days.Find(day)).OfType<ISourceDay>(),
                .. _v6.Select(shard => shard.Days.Find(day)).OfType<ISourceDay>(),
            ];
            _aggressive.Judge(day, sources, findings);
            foreach (var shard in _v4)
                shard.Days.Drop(day);

            foreach (var shard in _v6)
                shard.Days.Drop(day);
        }
    }
}
