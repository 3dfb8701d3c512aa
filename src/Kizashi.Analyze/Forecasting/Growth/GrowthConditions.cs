namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>What limits a growth forecast.</summary>
public static class GrowthConditions
{
    /// <summary>Too few windows for a curve: the last values go on, with wide bands.</summary>
    public const string FewWindows = "short";

    /// <summary>Windows are missing, or empty between busy ones and taken for missing.</summary>
    public const string Gap = "gap";

    /// <summary>Counts that cannot be were left out.</summary>
    public const string Faulty = "faulty";

    /// <summary>Counts scatter more than three times as much (in variance) as independent hosts would.</summary>
    public const string Noisy = "noisy";

    /// <summary>No growth shows above the background.</summary>
    public const string NoGrowth = "no-growth";

    /// <summary>The growth rate changed; what came before it says little of what comes.</summary>
    public const string RateChanged = "rate-changed";

    /// <summary>Most hosts of the last window are background.</summary>
    public const string MostlyBackground = "mostly-background";

    /// <summary>Packets are not counted, so hosts that the telescope does not see cannot be.</summary>
    public const string NoPackets = "no-packets";

    /// <summary>The telescope's size is not given, so the scan rate says nothing of the size.</summary>
    public const string NoTelescope = "no-telescope";

    /// <summary>The size cannot be told from what was seen; its band is that of other outbreaks.</summary>
    public const string SizeUnknown = "size-unknown";
}
