namespace Kizashi.Store.Embedded.Rollups;

/// <summary>How long a time one rollup sums up, all UTC.</summary>
internal enum RollupLevel
{
    Minute = 0,
    Hour = 1,
    Day = 2,
}
