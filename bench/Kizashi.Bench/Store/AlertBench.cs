using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;

namespace Kizashi.Bench.Store;

/// <summary>Measures how alerts are saved and found.</summary>
internal static class AlertBench
{
    private const int Saved = 10_000;
    private const int Kept = 100_000;

    private static readonly DateTimeOffset Start = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Run(BenchContext context, List<BenchResult> results)
    {
        context.Log.WriteLine("store: alerts");
        using var bench = new BenchStore(context.Work, "alerts");
        var store = bench.Store.Alerts;
        var seconds = 0.0;
        for (var number = 0; number < Kept; number += Saved)
        {
            var alerts = Enumerable.Range(number, Saved).Select(One).ToList();
            var started = Stopwatch.GetTimestamp();
            store.Save(alerts);
            seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        results.Add(BenchResult.AtMost("alerts-10k-saved", seconds, "s", 2, "One transaction, the last of ten such, with evidence and indexes."));
        Page("alert-page", new AlertQuery(), 10);
        Page("alert-page-filtered", new AlertQuery { Kind = EventCatalog.DarknetDosVictim, AtLeast = Severity.High, Open = true }, 10);
        Page("alert-page-prefix", new AlertQuery { Subject = "10.1.2.0/24" }, 10);
        Page("alert-page-text", new AlertQuery { Text = "port 4711" }, null);

        void Page(string name, AlertQuery query, double? goal)
        {
            store.Query(query);
            var times = Enumerable.Range(0, 9).Select(_ =>
            {
                var started = Stopwatch.GetTimestamp();
                store.Query(query);
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }).Order().ToArray();
            const string Note = "At most a hundred of 100,000 alerts; median of nine.";
            results.Add(goal is { } most
                ? BenchResult.AtMost(name, times[4], "ms", most, Note)
                : new BenchResult(name, times[4], "ms") { Note = Note });
        }
    }

    private static Alert One(int number)
    {
        var opened = Start.AddSeconds(number * 20);
        return new Alert
        {
            Id = number.ToString("D16", CultureInfo.InvariantCulture),
            Kind = number % 3 == 0 ? EventCatalog.DarknetDosVictim : EventCatalog.DarknetScan,
            Subject = Subject.Of(Address.FromV4(0x0A000000u + ((uint)number * 7919 % (1 << 20)))),
            Severity = (Severity)(number % 4),
            Confidence = 0.9,
            Opened = opened,
            Updated = opened,
            Closed = number % 10 == 0 ? null : opened.AddMinutes(30),
            FirstSeen = opened,
            LastSeen = opened.AddMinutes(20),
            Sensors = ["bench"],
            Evidence =
            [
                .. Enumerable.Range(0, 3).Select(part => new Evidence
                {
                    Sensor = "bench",
                    EventId = $"{number:x16}{part:x16}",
                    From = opened,
                    To = opened,
                    Packets = 100,
                    Summary = "100 SYNs to tcp/23 at 80 dark addresses",
                    Batches = ["0123456789abcdef0123456789abcdef"],
                }),
            ],
            Details = new JsonObject { ["packets"] = number, ["rate"] = 12.5, ["tools"] = new JsonArray("zmap") },
            Summary = string.Create(CultureInfo.InvariantCulture, $"Scan of port {number % 65536} at 12.5 packets a second"),
        };
    }
}
