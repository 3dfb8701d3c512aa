namespace Kizashi.Analyze.Gaps;

/// <summary>What came in one 10-s slot.</summary>
/// <param name="Packets">How many packets.</param>
/// <param name="First">Time of the first, milliseconds.</param>
/// <param name="Last">Time of the last.</param>
internal readonly record struct SlotActivity(long Packets, long First, long Last)
{
    public SlotActivity Add(SlotActivity other) => Packets == 0 ? other : new SlotActivity(
        Packets + other.Packets, Math.Min(First, other.First), Math.Max(Last, other.Last));
}
