using System.Globalization;

namespace Kizashi.Bench.Telescope;

/// <summary>Resident memory of this process in MB, from the kernel.</summary>
internal static class ResidentMemory
{
    public static double NowMegabytes => Read("VmRSS:");

    public static double PeakMegabytes => Read("VmHWM:");

    /// <summary>Lets the peak begin anew.</summary>
    public static void ResetPeak()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static double Read(string key)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
