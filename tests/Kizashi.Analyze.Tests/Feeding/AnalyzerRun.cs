using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Tests.Feeding;

/// <summary>Runs all analyzers of a sensor over a delivery and keeps the findings.</summary>
internal sealed class AnalyzerRun(AnalyzeOptions options, int shards = 2)
{
    private IReadOnlyList<IAnalyzer> _analyzers = AnalyzerSet.Create(options, SensorDouble.Name, shards);

    public List<Finding> Findings { get; } = [];

    public IEnumerable<TFinding> Ended<TFinding>()
        where TFinding : Finding =>
        Findings.OfType<TFinding>().Where(finding => finding.State == FindingState.Ended && finding.Score >= 1);

    public AnalyzerRun Take(IEnumerable<(IReadOnlyList<ObservationBatch> Batches, long Watermark)> steps)
    {
        foreach (var (batches, watermark) in steps)
        {
            Observe(batches);
            Advance(watermark);
        }

        return this;
    }

    public void Observe(IReadOnlyList<ObservationBatch> batches)
    {
        foreach (var analyzer in _analyzers)
        {
            foreach (var batch in batches)
                analyzer.Observe(batch);
        }
    }

    public void Advance(long watermark)
    {
        foreach (var analyzer in _analyzers)
            analyzer.Advance(watermark, Findings);
    }

    public AnalyzerRun Finish()
    {
        foreach (var analyzer in _analyzers)
            analyzer.Finish(Findings);

        return this;
    }

    /// <summary>Saves all analyzers one after the other and goes on with fresh ones that loaded it.</summary>
    public void Restart()
    {
        using var state = new MemoryStream();
        foreach (var analyzer in _analyzers)
            analyzer.Save(state);

        state.Position = 0;
        _analyzers = AnalyzerSet.Create(options, SensorDouble.Name, shards);
        foreach (var analyzer in _analyzers)
            analyzer.Load(state);
    }
}
