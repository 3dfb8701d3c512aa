namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>What a check of the store found.</summary>
/// <param name="Segments">Listed segments looked at.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="Problems">One sentence each; empty when all is well.</param>
public sealed record CheckReport(int Segments, long Rows, IReadOnlyList<string> Problems);
