namespace Kizashi.Store.Embedded.Rollups;

/// <summary>A rollup in the form in which it is stored.</summary>
/// <param name="Sums">Packets by key; of a series the registers of its sources.</param>
/// <param name="Sketches">The sources of each key, apart, because most questions do not need them; empty for a series.</param>
internal readonly record struct StoredBody(byte[] Sums, byte[] Sketches);
