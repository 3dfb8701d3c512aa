namespace Kizashi.Analyze.Cooperation;

/// <summary>Two groups that act together, and how closely, 0..1.</summary>
internal readonly record struct GroupBond(ulong From, ulong To, float Weight);
