namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>How far a check, compaction or export has come.</summary>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps known so far.</param>
/// <param name="Item">What was just done: a file name.</param>
public sealed record MaintenanceProgress(int Done, int Total, string Item);
