using System.Diagnostics;
using System.Globalization;
using Kizashi.Core.Addresses;
using Kizashi.Core.Storage;

namespace Kizashi.Bench.Store;

/// <summary>Measures how soon the store says what one address did in a month of 500 M tuples.</summary>
/// <remarks>
/// The month is written by the real writers, a day at a time, and compacted by the real compaction, which finds
/// days that are over. It is gone afterwards: ten gigabytes.
/// </remarks>
internal static class ActivityBench
{
    public const string Name = "activity-30-days";

    private const long Rows = 500_000_000;
    private const int Days = 30;
    private const double Most = 300;

    // Days that are over, so that all of them are compacted.
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    // From the busiest source to the rarest.
    private static readonly uint[] Ranks =
        [0, 1, 10, 100, 1000, 1999, 5000, 50_000, 500_000, 1_400_000, 77, 777, 7777, 77_777, 777_777];

    public static void Run(BenchContext context, double part, List<BenchResult> results)
    {
        using var bench = new BenchStore(context.Work, "activity");
        var traffic = BenchTraffic.Shards(2);
        var (filling, compacting, compacted) = (0.0, 0.0, 0L);
        for (var day = 0; day < Days; day++)
        {
            filling += bench.Fill(traffic, (long)(Rows * part / Days), Start.AddDays(day).ToUnixTimeSeconds(), 86_390).Wall;
            if (day == Days - 1)
                break;

            var started = Stopwatch.GetTimestamp();
            bench.Compact();
            compacting += Stopwatch.GetElapsedTime(started).TotalSeconds;
            compacted = bench.Store.Statistics.Tuples;
            context.Log.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"store: activity, day {day + 1} of {Days}, {compacted} tuples, writing {filling:F0} s and compacting {compacting:F0} s so far"));
        }

        Measure(bench, $"{Name}, newest day not compacted", results);
        bench.Compact();
        Measure(bench, Name, results);
        var statistics = bench.Store.Statistics;
        results.Add(new BenchResult("compaction", compacted / compacting, "rows/s") { Note = "Raw to hours to days, on one core, in the background in daily use." });
        results.Add(new BenchResult("bytes-per-row-compacted", (double)statistics.Bytes / statistics.Tuples, "bytes"));
    }

    private static void Measure(BenchStore bench, string name, List<BenchResult> results)
    {
        // The busiest first: the program itself is cold as well.
        bench.Restart();
        var first = Ask(bench, Ranks[0]);
        var cold = Ranks.Skip(1).Select(rank =>
        {
            bench.Restart();
            return Ask(bench, rank);
        }).Append(first).Order().ToArray();
        var processor = Environment.CpuUsage.TotalTime;
        var warm = Ranks.Select(rank => Ask(bench, rank)).Order().ToArray();
        var each = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / Ranks.Length;
        var statistics = bench.Store.Statistics;
        var note = string.Create(CultureInfo.InvariantCulture,
            $"{statistics.Tuples} tuples in {statistics.Segments} segments; slowest of {warm.Length} addresses from the busiest to the rarest");
        results.Add(BenchResult.AtMost(name, warm[^1], "ms", Most, string.Create(CultureInfo.InvariantCulture,
            $"{note}, median {warm[warm.Length / 2]:F0} ms; {each:F0} processor ms a query.")));
        results.Add(BenchResult.AtMost($"{name}, nothing in memory", cold[^1], "ms", Most, string.Create(CultureInfo.InvariantCulture,
            $"{note}, each in a store just opened whose files the kernel has forgotten, median {cold[cold.Length / 2]:F0} ms; the very first query of the process {first:F0} ms.")));
    }

    private static double Ask(BenchStore bench, uint rank)
    {
        var month = new TimeRange(Start, Start.AddDays(Days));
        var started = Stopwatch.GetTimestamp();
        var rows = bench.Store.ActivityAsync(Address.FromV4(BenchTraffic.Source(rank)), month, default).GetAwaiter().GetResult();
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return rank <= 1000 && rows.Count == 0
            ? throw new InvalidOperationException("A busy address did nothing.")
            : milliseconds;
    }
}
