using Kizashi.Analyze;
using Kizashi.Core.Pipeline;

namespace Kizashi.Cli.Watching;

/// <summary>Publishes what a session's analyzers gave up: in the metrics at once, in the log at most once a minute.</summary>
internal sealed class AnalyzerLosses(AnalyzeMetrics metrics, LossLog log)
{
    private readonly Dictionary<(string Analyzer, string Reason), long> _seen = [];
    private long _total;

    /// <summary>Everything given up since the session began.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Takes a restored state's counts as known: they were told before the restart.</summary>
    public void Begin(IEnumerable<IAnalyzer> analyzers)
    {
        foreach (var analyzer in analyzers)
        {
            foreach (var loss in analyzer.Losses)
                _seen[(analyzer.Name, loss.Reason)] = loss.Count;
        }
    }

    /// <summary>Takes the counts as they are now; called with all shards at rest.</summary>
    public void Take(IEnumerable<IAnalyzer> analyzers)
    {
        foreach (var analyzer in analyzers)
        {
            foreach (var loss in analyzer.Losses)
                Take(analyzer.Name, loss);
        }
    }

    private void Take(string analyzer, AnalyzerLoss loss)
    {
        var gained = loss.Count - _seen.GetValueOrDefault((analyzer, loss.Reason));
        if (gained > 0)
        {
            metrics.Lost(analyzer, loss.Reason, gained);
            Interlocked.Add(ref _total, gained);
        }

        _seen[(analyzer, loss.Reason)] = loss.Count;
        log.Note($"{analyzer}: {loss.Reason}", Math.Max(0, gained));
    }
}
