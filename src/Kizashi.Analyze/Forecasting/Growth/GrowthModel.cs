namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>The shape of a growth curve, as far as it shows.</summary>
public enum GrowthModel
{
    /// <summary>It grows, and the curve does not bend yet.</summary>
    Exponential,

    /// <summary>It grows and bends, or has filled up: few hosts are left to infect.</summary>
    Logistic,

    /// <summary>It loses hosts.</summary>
    Declining,

    /// <summary>No growth shows above the background.</summary>
    Steady,
}
