namespace Kizashi.Analyze.Scans;

/// <summary>What has become of a tracked event.</summary>
[Flags]
internal enum TrackFlags : byte
{
    None = 0,

    /// <summary>The entry of the pool is in use.</summary>
    Used = 1,

    /// <summary>The current run has its own set of destinations.</summary>
    HasRun = 2,

    /// <summary>It is on the list of what may be worth telling.</summary>
    Due = 4,

    /// <summary>It was told at least once.</summary>
    Reported = 8,

    /// <summary>An earlier run met Durumeric's definition.</summary>
    Durumeric = 16,

    /// <summary>It was told as covering the dark addresses (D1).</summary>
    Covering = 32,
}
