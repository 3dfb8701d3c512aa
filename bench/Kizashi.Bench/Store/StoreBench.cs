using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Kizashi.Core.Storage;

namespace Kizashi.Bench.Store;

/// <summary>
/// Measures the embedded store: how fast it takes tuples, how small it keeps them, how soon it answers.
/// </summary>
public static class StoreBench
{
    private const long AppendRows = 64L << 20;
    private const long OverviewRows = 50_000_000;
    private const int Rounds = 9;

    // Days that are over, so that all of them are compacted.
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<string> Required { get; } =
        ["append-2-threads", "overview-queries", ActivityBench.Name, "alerts-10k-saved"];

    public static IReadOnlyList<BenchResult> Run(BenchContext context) => Run(context, 1);

    /// <summary>With a part of all rows, for trying it out.</summary>
    public static IReadOnlyList<BenchResult> Run(BenchContext context, double part)
    {
        ArgumentNullException.ThrowIfNull(context);
        Directory.CreateDirectory(context.Work);
        List<BenchResult> results = [];
        Dictionary<string, Action> measurements = new()
        {
            ["append"] = () => Append(context, part, results),
            ["overview"] = () => Overview(context, part, results),
            ["activity"] = () => ActivityBench.Run(context, part, results),
            ["alert"] = () => AlertBench.Run(context, results),
        };
        foreach (var (name, measure) in measurements)
        {
            if (context.Only?.StartsWith(name, StringComparison.Ordinal) != false)
                measure();
        }

        return results;
    }

    private static void Append(BenchContext context, double part, List<BenchResult> results)
    {
        var (csvRate, csvBytes) = GzipCsv(context);
        foreach (var threads in new[] { 1, 2 })
        {
            context.Log.WriteLine($"store: appending on {threads} thread(s)");
            using var bench = new BenchStore(context.Work, "append");
            var traffic = BenchTraffic.Shards(threads);
            bench.Fill(traffic, 8 << 20, Start.ToUnixTimeSeconds() - 86_400, 60);
            var rows = (long)(AppendRows * part);
            var (wall, processor) = bench.Fill(traffic, rows, Start.ToUnixTimeSeconds(), 600);
            var statistics = bench.Store.Statistics;
            var bytes = (double)statistics.Bytes / statistics.Tuples;
            var note = string.Create(CultureInfo.InvariantCulture,
                $"FlowTuples of one packet, rollups and countries included, fsync at the end; {rows / processor / 1e6:F1} M rows per processor second.");
            if (threads == 1)
            {
                results.Add(new BenchResult("append-1-thread", rows / wall, "rows/s", "CSV through gzip", csvRate, rows / wall / csvRate) { Note = note });
                results.Add(new BenchResult("bytes-per-row", bytes, "bytes", "CSV through gzip", csvBytes, bytes / csvBytes));
            }
            else
            {
                results.Add(BenchResult.AtLeast("append-2-threads", rows / wall, "rows/s", 7_000_000, note));
            }
        }
    }

    private static void Overview(BenchContext context, double part, List<BenchResult> results)
    {
        context.Log.WriteLine("store: overview");
        using var bench = new BenchStore(context.Work, "overview");
        bench.Fill(BenchTraffic.Shards(2), (long)(OverviewRows * part), Start.ToUnixTimeSeconds(), 2 * 86_400);
        bench.Store.Maintenance.RunOnce();
        var day = new TimeRange(Start.AddDays(1).AddMinutes(-17), Start.AddDays(2).AddMinutes(-17));
        Add("overview-queries", () =>
        {
            Series(day);
            Ports(day);
            Countries(day);
        }, 60, "One day's series of 5 minutes, rising ports against the day before, countries; median of nine.");
        Add("overview-series", () => Series(day), null, null);
        Add("overview-ports", () => Ports(day), null, null);
        Add("overview-countries", () => Countries(day), null, null);

        void Add(string name, Action ask, double? goal, string? note)
        {
            var processor = Environment.CpuUsage.TotalTime;
            var milliseconds = Median(ask);
            var each = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / (Rounds + 1);
            note = FormattableString.Invariant($"{note} {each:F0} processor ms each time.").Trim();
            results.Add(goal is { } most
                ? BenchResult.AtMost(name, milliseconds, "ms", most, note)
                : new BenchResult(name, milliseconds, "ms") { Note = note });
        }

        void Series(TimeRange range) =>
            bench.Store.SeriesAsync(range, TimeSpan.FromMinutes(5), null, default).GetAwaiter().GetResult();

        void Ports(TimeRange range) => bench.Store.PortsAsync(range, 20, true, default).GetAwaiter().GetResult();

        void Countries(TimeRange range) => bench.Store.CountriesAsync(range, default).GetAwaiter().GetResult();
    }

    private static double Median(Action action)
    {
        action();
        return Enumerable.Range(0, Rounds).Select(_ => Time(action)).Order().ElementAt(Rounds / 2);
    }

    private static double Time(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // What a script would do: a line of text a tuple, through gzip at its fastest.
    private static (double Rate, double Bytes) GzipCsv(BenchContext context)
    {
        var path = Path.Combine(context.Work, "peer.csv.gz");
        var rows = BenchTraffic.Shards(1)[0].Batch(0, Start.ToUnixTimeSeconds(), 1).V4;
        const int Times = 4;
        var started = Stopwatch.GetTimestamp();
        using (var file = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            for (var row = 0; row < rows.Count * Times; row++)
            {
                var at = row % rows.Count;
                file.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{rows.Slot[at]},{rows.Source[at]},{rows.Destination[at]},{rows.SourcePort[at]},{rows.DestinationPort[at]},{rows.Protocol[at]},{rows.Ttl[at]},{rows.TcpFlags[at]},{rows.Length[at]},{rows.SynLength[at]},{rows.SynWindow[at]},{(int)rows.Marks[at]},{rows.Packets[at]},{rows.First[at]},{rows.Last[at]}\n"));
            }
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = new FileInfo(path).Length;
        File.Delete(path);
        return (rows.Count * Times / seconds, (double)bytes / (rows.Count * Times));
    }
}
