using Kizashi.Core.Pipeline;

namespace Kizashi.Cli.Watching;

/// <summary>How a session's sink behaves.</summary>
/// <param name="Again">Store batches even if their ids are known.</param>
/// <param name="KeepCheckpoints">Keep the analyzers' state across restarts; for live sensors, whose traffic cannot be read again.</param>
/// <param name="Tally">Counts findings for the closing summary.</param>
/// <param name="Joint">Judges its batches with those of other sessions; null for none.</param>
/// <param name="CreateJoint">Makes what judges them.</param>
/// <param name="Buffered">Rows a writer holds in memory; null for what is best on disk.</param>
internal sealed record SessionSinkOptions(
    bool Again, bool KeepCheckpoints, FindingTally Tally, JointReflections? Joint = null, Func<IAnalyzer>? CreateJoint = null, int? Buffered = null);
