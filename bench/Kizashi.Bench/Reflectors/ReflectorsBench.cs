using System.Globalization;
using System.Text.Json.Nodes;

namespace Kizashi.Bench.Reflectors;

/// <summary>The reflector as users run it, and .NET's plain sockets beside it, in a namespace of their own with a generator in another process.</summary>
internal static class ReflectorsBench
{
    private const string Space = "kzbench-reflect";
    private const string Reflector = "127.66.0.1";
    private const string FirstSource = "16.0.0.0";
    private const int Sources = 1 << 20;
    private const int Segments = 8;
    private const int Attacks = 40;
    private const double Seconds = 8;

    public static IReadOnlyList<string> Required { get; } = ["requests, highest rate without loss", "memory after a flood", "attacks found in a flood"];

    public static IReadOnlyList<BenchResult> Run(BenchContext context)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return [new BenchResult(Required[0], null, "requests/s") { Note = "needs root for network namespaces" }];

        try
        {
            PeerProgram.Time("ip", "netns", "add", Space);
            PeerProgram.Time("ip", "-n", Space, "link", "set", "lo", "up");
            PeerProgram.Time("ip", "-n", Space, "route", "add", "local", "16.0.0.0/4", "dev", "lo");
            PeerProgram.Time("ip", "-n", Space, "route", "add", "local", "32.0.0.0/4", "dev", "lo");
            var results = new List<BenchResult>();
            if (context.Only is null || context.Only == Required[0])
                results.Add(Fastest(context));

            if (context.Only is null || context.Only != Required[0])
                results.AddRange(Flood(context));

            return results;
        }
        finally
        {
            PeerProgram.Time("ip", "netns", "del", Space);
        }
    }

    private static BenchResult Fastest(BenchContext context)
    {
        var (own, peer) = (default(double?), default(double?));
        foreach (var rate in new[] { 150_000, 200_000, 250_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000, 900_000, 1_000_000, 1_200_000, 1_400_000 })
        {
            var (requests, sources) = ((long)(rate * Seconds), Sources.ToString(CultureInfo.InvariantCulture));
            using (var sensor = Sensor(context))
            {
                var (warm, sent) = (WarmUp(), Generate(requests, rate, sources));
                own = Better(context, "kizashi", own, rate, warm, sent, Summary(sensor.Stop()));
            }

            using var plain = new RunningInNamespace(Space, "ready", [Dotnet, typeof(ReflectorsBench).Assembly.Location, PlainSockets.Mode, Reflector]);
            var (warmPeer, sentToPeer) = (WarmUp(), Generate(requests, rate, sources));
            peer = Better(context, "plain sockets", peer, rate, warmPeer, sentToPeer, (long.Parse(plain.Stop().Split('\n')[1], CultureInfo.InvariantCulture), null));
        }

        return BenchResult.Times(Required[0], own, "requests/s", "plain .NET sockets that only count", peer, 1.4,
            $"{RequestGenerator.Requests.Length} services mixed, {Sources:N0} claimed sources, {Seconds} s at each rate; the reflector with observations, attack state and alerts. Required besides: 600,000 a second");
    }

    // 100 million requests in 50 million names, and attacks of 300 requests each spread over all of it. What answers the world puts what it saw into a directory; that is judged afterwards.
    private static IEnumerable<BenchResult> Flood(BenchContext context)
    {
        const long Requests = 100_000_000;
        const int Rate = 400_000;
        Remove(Spool(context));
        Remove(Data(context));
        var halves = new List<long>();
        long peak, received;
        using (var sensor = new RunningInNamespace(Space, "observing reflectors", [
            Dotnet, Path.Combine(AppContext.BaseDirectory, "kizashi-sensor.dll"), "--reflectors", "--listen", Reflector, "--out", Spool(context), "--out-gib", "32", "--json"]))
        {
            for (var half = 0; half < 2; half++)
            {
                // The attacks run in both halves.
                Generate(Requests / 2, Rate, "25000000", FirstSource, 1, Attacks, half * 25_000_000);
                halves.Add(sensor.Megabytes("VmRSS")[0]);
            }

            peak = sensor.Megabytes("VmHWM")[0];
            received = Summary(sensor.Stop()).Received;
        }

        PeerProgram.Output(Dotnet, [Path.Combine(AppContext.BaseDirectory, "kizashi.dll"), "sensor", "--from", Spool(context), "--quiet", "--data", Data(context)]);
        var found = AttacksFound(context);
        context.Log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"flood: {received:N0} taken, resident {halves[0]} and {halves[1]} MB, peak {peak} MB, {found} of {Attacks} attacks"));
        yield return BenchResult.AtMost(Required[1], halves[1], "MB", 300, string.Create(CultureInfo.InvariantCulture, $"kizashi-sensor, resident after 100,000,000 requests in 50,000,000 names; after half of them {halves[0]} MB, at most {peak} MB; {received:N0} were taken, the rest the kernel had no room for"));
        yield return BenchResult.AtLeast(Required[2], found, "attacks", Attacks, "of 300 requests each, evenly over the flood, judged from what the sensor wrote");
        Remove(Spool(context));
    }

    // A sensor that has been running is compiled; so is its peer.
    private static long WarmUp() => Generate(300_000, 100_000, "1000000", segments: 2, skip: 2_000_000).Sent;

    private static string Dotnet => Environment.ProcessPath!;

    private static string Data(BenchContext context) => Path.Combine(context.Work, "reflector");

    private static string Spool(BenchContext context) => Path.Combine(context.Work, "spool");

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static RunningInNamespace Sensor(BenchContext context)
    {
        Remove(Data(context));
        return new RunningInNamespace(Space, "observing reflectors", [
            Dotnet, Path.Combine(AppContext.BaseDirectory, "kizashi.dll"), "sensor", "--reflectors", "--listen", Reflector, "--data", Data(context), "--json"]);
    }

    private static (long Received, JsonNode? Summary) Summary(string output)
    {
        var summary = JsonNode.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..])!;
        return ((long)summary["reflector"]!["requests"]!, summary);
    }

    private static int AttacksFound(BenchContext context)
    {
        var alerts = PeerProgram.Output(Dotnet, [
            Path.Combine(AppContext.BaseDirectory, "kizashi.dll"), "alerts", "--kind", "reflector.attack", "--format", "json", "--most", "1000000", "--data", Data(context)]);
        return alerts.Split('\n').Count(line => line.Contains("\"subject\":\"42.", StringComparison.Ordinal));
    }

    private static double? Better(BenchContext context, string who, double? best, int rate, long warm, (long Sent, double Seconds) sent, (long Received, JsonNode? Summary) got)
    {
        var reached = sent.Sent / sent.Seconds;
        var lost = got.Summary is { } summary ? (long)summary["lost"]! : 0;
        context.Log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{who} at {rate:N0}/s: {got.Received:N0} of {warm + sent.Sent:N0}, {lost} lost later, generator {reached:N0}/s"));
        return got.Received == warm + sent.Sent && lost == 0 ? Math.Max(best ?? 0, reached) : best;
    }

    private static (long Sent, double Seconds) Generate(
        long requests, int rate, string sources, string first = FirstSource, int segments = Segments, int attacks = 0, int skip = 0)
    {
        string[] numbers = [requests.ToString(CultureInfo.InvariantCulture), rate.ToString(CultureInfo.InvariantCulture)];
        var output = PeerProgram.Output("ip", ["netns", "exec", Space, Dotnet, typeof(ReflectorsBench).Assembly.Location, RequestGenerator.Mode, Reflector, .. numbers, first, sources,
            segments.ToString(CultureInfo.InvariantCulture), attacks.ToString(CultureInfo.InvariantCulture), skip.ToString(CultureInfo.InvariantCulture)]);
        var parts = output.Trim().Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
