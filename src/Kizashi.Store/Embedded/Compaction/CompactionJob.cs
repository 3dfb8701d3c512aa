using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>Segments of one kind that become sorted ones, one for each period.</summary>
/// <param name="Kind">Of all inputs.</param>
/// <param name="Inputs">Whole segments; all of their rows go over.</param>
/// <param name="Tier">Of the outputs.</param>
/// <param name="PeriodSeconds">Length of an output's period.</param>
/// <param name="Merge">Join additive rows of one key and slot.</param>
internal sealed record CompactionJob(
    SegmentKind Kind, IReadOnlyList<Segment> Inputs, SegmentTier Tier, long PeriodSeconds, bool Merge);
