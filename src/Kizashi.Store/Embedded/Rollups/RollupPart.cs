namespace Kizashi.Store.Embedded.Rollups;

/// <summary>A rollup of one minute as it is about to be stored.</summary>
/// <param name="Subject">What it counts.</param>
/// <param name="Start">Seconds since 1970 UTC.</param>
/// <param name="Packets">In that minute.</param>
/// <param name="Tuples">In that minute.</param>
/// <param name="Body">As <see cref="RollupCodec"/> writes it.</param>
internal sealed record RollupPart(RollupSubject Subject, long Start, long Packets, long Tuples, StoredBody Body);
