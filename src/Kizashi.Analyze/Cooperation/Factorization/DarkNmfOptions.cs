namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Thresholds of <see cref="DarkNmf"/>; defaults are those of Dark-TRACER's DarkNMF.r for sources by /16.</summary>
internal sealed record DarkNmfOptions
{
    /// <summary>Ranks 1 to this are tried. Default: 10.</summary>
    public int MostRank { get; init; } = 10;

    /// <summary>Columns with fewer packets in the window are left out. Default: 2, that is single packets are.</summary>
    public int LeastPackets { get; init; } = 2;

    /// <summary>
    /// Columns with more packets in some minute are left out as loud scanners. Default: 60 for /16 sources; 45 for /24, 30 for
    /// addresses.
    /// </summary>
    public float MostPerMinute { get; init; } = 60;

    /// <summary>A column takes part in a component from this many packets on. Default: 1.</summary>
    public double ActivePackets { get; init; } = 1;

    /// <summary>Part of the component's strongest column that makes a column anomalous, 0..1. Default: 0.5; for ports 0.98.</summary>
    public double AnomalousShare { get; init; } = 0.5;

    /// <summary>Fewest anomalous columns of a group. Default: 2.</summary>
    public int LeastMembers { get; init; } = 2;

    /// <summary>When a factorization stops.</summary>
    public NmfOptions Factorization { get; init; } = new();
}
