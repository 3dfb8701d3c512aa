using System.Globalization;

namespace Kizashi.Simulation.Library;

/// <summary>Draws the ports of outbreaks and scans.</summary>
internal static class PortChoice
{
    private static readonly string[] Devices =
        ["tcp/37215", "tcp/52869", "tcp/5555", "tcp/7547", "tcp/60001", "tcp/8728", "tcp/9034", "tcp/34567", "tcp/2375", "tcp/5038"];

    private static readonly string[] Busy = ["tcp/22", "tcp/80", "tcp/443", "tcp/445", "tcp/3389", "tcp/8080", "tcp/1433", "tcp/6379"];

    private static readonly string[] Surveyed =
        ["tcp/443", "tcp/80", "tcp/22", "tcp/8080", "tcp/21", "tcp/3389", "tcp/5900", "tcp/8443", "tcp/25", "tcp/502", "tcp/102", "tcp/9200"];

    /// <summary>A port that everybody scans.</summary>
    public static string DrawBusy(SeededRandom random) => Busy[random.Below(Busy.Length)];

    /// <summary>Ports of devices, or any port above 1024.</summary>
    public static string[] DrawNew(SeededRandom random, int count) => Distinct(count, () => random.Below(3) switch
    {
        0 => Devices[random.Below(Devices.Length)],
        1 => "tcp/" + Number(random),
        _ => random.Below(3) == 0 ? "udp/" + Number(random) : "tcp/" + Number(random),
    });

    public static string[] DrawSurveyed(SeededRandom random, int count) => Distinct(count, () =>
        random.Below(3) == 0 ? "tcp/" + Number(random) : Surveyed[random.Below(Surveyed.Length)]);

    private static string Number(SeededRandom random) => (1025 + random.Below(64_000)).ToString(CultureInfo.InvariantCulture);

    private static string[] Distinct(int count, Func<string> draw)
    {
        var ports = new HashSet<string>(StringComparer.Ordinal);
        while (ports.Count < count)
            ports.Add(draw());

        return [.. ports];
    }
}
