using System.Diagnostics;
using System.Globalization;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>What tshark counts in a capture: the independent reading.</summary>
internal sealed class TsharkReading
{
    public int Packets { get; private set; }

    public HashSet<string> Sources { get; } = [];

    public HashSet<string> Destinations { get; } = [];

    public SortedDictionary<int, long> Protocols { get; } = [];

    public SortedDictionary<int, long> TcpPorts { get; } = [];

    public SortedDictionary<int, long> UdpPorts { get; } = [];

    public static TsharkReading Of(string path)
    {
        var reading = new TsharkReading();
        string[] fields = ["ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "ip.proto", "ipv6.nxt", "tcp.dstport", "udp.dstport", "ip.frag_offset"];
        string[] arguments = ["-n", "-r", path, "-T", "fields", "-E", "occurrence=f", "-o", "ip.defragment:FALSE"];
        foreach (var line in Run("tshark", [.. arguments, .. fields.SelectMany(field => new[] { "-e", field })]))
            reading.Add(line.Split('\t'));

        return reading;
    }

    public static string[] Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        _ = errors.Result;
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static void Count(SortedDictionary<int, long> counts, string number)
    {
        var key = int.Parse(number, CultureInfo.InvariantCulture);
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    private void Add(string[] fields)
    {
        Packets++;
        var source = fields[0].Length > 0 ? fields[0] : fields[1];
        if (source.Length == 0)
            return;

        Sources.Add(source);
        Destinations.Add(fields[0].Length > 0 ? fields[2] : fields[3]);
        var protocol = fields[0].Length > 0 ? fields[4] : fields[5];
        Count(Protocols, protocol);
        if (protocol == "6" && fields[6].Length > 0)
            Count(TcpPorts, fields[6]);
        else if (protocol == "17" && fields[7].Length > 0)
            Count(UdpPorts, fields[7]);
    }
}
