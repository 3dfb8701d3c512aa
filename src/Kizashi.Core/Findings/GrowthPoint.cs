namespace Kizashi.Core.Findings;

/// <summary>How large an outbreak was in one window.</summary>
/// <param name="At">End of the window.</param>
/// <param name="Hosts">Distinct sources, estimated.</param>
/// <param name="Groups">Distinct groups of sources.</param>
/// <param name="Packets">Packets on its ports.</param>
public sealed record GrowthPoint(DateTimeOffset At, long Hosts, long Groups, long Packets);
