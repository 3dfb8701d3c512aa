namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>What an export wrote.</summary>
/// <param name="Files">Full paths.</param>
/// <param name="Rows">In all of them.</param>
/// <param name="Bytes">Of all of them.</param>
public sealed record ExportReport(IReadOnlyList<string> Files, long Rows, long Bytes);
