namespace Kizashi.Simulation.Truth;

/// <summary>When packets of one source to one port are a scan (Merit, darknet-events): the definition the truth is told by.</summary>
/// <param name="darkSize">IPv4 addresses of the darknet.</param>
internal sealed class ScanDefinition(ulong darkSize)
{
    private const int LeastDestinations = 10;
    private const double LeastInternetWideRate = 10;
    private const long IdleMillisV4 = 624_000;
    private const long IdleMillisV6 = 3_600_000;

    public static long IdleMillis(bool v6) => v6 ? IdleMillisV6 : IdleMillisV4;

    public bool IsScan(bool v6, long packets, ulong destinations, long millis)
    {
        if (destinations < LeastDestinations)
            return false;

        return v6 || packets * (4294967296.0 / darkSize) / Math.Max(millis / 1000.0, 1.0) >= LeastInternetWideRate;
    }
}
