namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>What an outbreak's final size is known from.</summary>
public enum SizeSource
{
    /// <summary>The curve bends (or has a peak behind it).</summary>
    Curve,

    /// <summary>How fast a host scans and how fast the outbreak grows: a random scanner grows by r = scans * hosts / 2^32.</summary>
    ScanRate,

    /// <summary>Only from how large other outbreaks were: the band is as wide as that.</summary>
    Prior,
}
