using System.Globalization;

namespace Kizashi.Bench;

/// <summary>What a number was measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = ReadFirst("/proc/cpuinfo", "model name");
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024);
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
        return string.Create(
            CultureInfo.InvariantCulture, $"{model}, {Environment.ProcessorCount} cores, {memory} GB, .NET {Environment.Version}, load {load}");
    }

    private static string ReadFirst(string path, string key) =>
        File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?"
            : "?";
}
