namespace Kizashi.Core.Storage;

/// <summary>One bucket of a series.</summary>
/// <param name="At">Start of the bucket.</param>
/// <param name="Packets">Null where no sensor was observing: a gap, not zero.</param>
/// <param name="Sources">Distinct sources, estimated within 5 %; null in a gap.</param>
public sealed record SeriesPoint(DateTimeOffset At, long? Packets, long? Sources);
