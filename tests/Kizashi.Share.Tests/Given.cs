using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Tests;

/// <summary>One alert of each kind, as the book of alerts leaves them.</summary>
internal static class Given
{
    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Alert> EveryKind { get; } = [Scan(), Scan6(), Aggressive(), Victim(), OwnHost(), Outbreak(), Reflected(), Carpet(), Gap(), Surge()];

    public static Alert Scan() => Alert(EventCatalog.DarknetScan, "198.51.100.7", new JsonObject
    {
        ["protocols"] = new JsonArray("tcp"),
        ["ports"] = new JsonArray("tcp/23", "tcp/2323"),
        ["trafficTypes"] = new JsonArray("tcp-syn"),
        ["packets"] = 250L,
        ["destinations"] = 120L,
        ["destinationsAtLeast"] = true,
        ["internetWideRate"] = 812.5,
        ["coverage"] = 0.47,
        ["durumeric"] = true,
        ["tools"] = new JsonArray("mirai", "zmap"),
        ["events"] = new JsonArray(new JsonObject { ["id"] = "e1", ["packets"] = 250L }),
    }) with
    {
        Facts = new AddressFacts(Prefix.Parse("198.51.100.0/24"), 64500, "Example \"Net\", Inc.", "JP"),
    };

    public static Alert Scan6() => Alert(EventCatalog.DarknetScan, "2001:db8::7", new JsonObject
    {
        ["protocols"] = new JsonArray("icmp6"),
        ["ports"] = new JsonArray("icmp6"),
        ["packets"] = 12L,
        ["destinations"] = 12L,
        ["tools"] = new JsonArray(),
        ["knownScanner"] = "Example Survey",
    });

    public static Alert Aggressive() => Alert(EventCatalog.DarknetScannerAggressive, "198.51.100.7", new JsonObject
    {
        ["byCoverage"] = true,
        ["packets"] = 5_000_000_000L,
        ["portCount"] = 3L,
        ["coverage"] = 0.47,
        ["day"] = "2026-11-23",
        ["tools"] = new JsonArray("zmap"),
    });

    public static Alert Victim() => Alert(EventCatalog.DarknetDosVictim, "203.0.113.80", new JsonObject
    {
        ["protocols"] = new JsonArray("tcp"),
        ["ports"] = new JsonArray("tcp/443"),
        ["packets"] = 6651L,
        ["bytes"] = 300000L,
        ["maxPpm"] = 900L,
        ["darkAddresses"] = 200.0,
        ["portCount"] = 1.0,
        ["reasons"] = new JsonArray("syn-ack"),
        ["mismatches"] = 0L,
    });

    public static Alert Reflected() => Alert(EventCatalog.ReflectorAttack, "203.0.113.81", new JsonObject
    {
        ["protocols"] = new JsonArray("udp"),
        ["ports"] = new JsonArray("udp/53", "udp/123"),
        ["packets"] = 6651L,
        ["bytes"] = 300000L,
        ["wantedBytes"] = 9_000_000L,
        ["maxPpm"] = 900L,
        ["maxPps"] = 60.0,
        ["rate"] = 12.5,
        ["hosts"] = 1.0,
        ["darkAddresses"] = 4.0,
        ["portCount"] = 2.0,
        ["commands"] = new JsonArray("ANY example.org", "monlist"),
        ["fingerprint"] = "0123456789abcdef",
        ["vectors"] = new JsonArray(
            new JsonObject { ["port"] = "udp/53", ["sensor"] = "r1", ["packets"] = 6_000L, ["bytes"] = 270_000L },
            new JsonObject { ["port"] = "udp/123", ["sensor"] = "r1", ["packets"] = 651L, ["bytes"] = 30_000L }),
        ["reasons"] = new JsonArray("early", "confirmed"),
    }) with
    {
        Facts = new AddressFacts(Prefix.Parse("203.0.113.0/24"), 64511, "Example Hosting", "DE"),
    };

    public static Alert Carpet() => Reflected() with { Id = "C4RPET0000000001", Subject = Subject.Of(Prefix.Parse("203.0.113.0/24")) };

    public static Alert OwnHost() => Alert(EventCatalog.DarknetOwnHost, "10.1.2.3", new JsonObject
    {
        ["packets"] = 40L,
        ["destinations"] = 20L,
        ["ports"] = new JsonArray("tcp/445", "icmp"),
        ["tools"] = new JsonArray("hajime"),
    }) with
    {
        Severity = Severity.Critical,
        Tlp = Tlp.Red,
    };

    public static Alert Outbreak() => Alert(EventCatalog.DarknetOutbreak, "tcp/23+tcp/2323 2026-11-23", new JsonObject
    {
        ["ports"] = new JsonArray("tcp/23", "tcp/2323", "icmp"),
        ["packets"] = 900L,
        ["hosts"] = 320L,
        ["groups"] = 80L,
        ["grouping"] = "/16",
        ["engines"] = new JsonArray("baseline", "glasso"),
        ["votes"] = new JsonArray(new JsonObject { ["engine"] = "glasso", ["score"] = 3.5 }),
        ["sources"] = new JsonArray("203.0.113.5", "2001:db8::"),
        ["tools"] = new JsonArray("mirai"),
        ["shapes"] = new JsonArray("syn ttl<=64 options 20 window 14600"),
    }) with
    {
        Subject = new Subject(SubjectKind.Campaign, "tcp/23+tcp/2323 2026-11-23"),
        Severity = Severity.High,
    };

    public static Alert Gap() => Alert(EventCatalog.SensorGap, "telescope-1", new JsonObject
    {
        ["reason"] = "No packet for a minute.",
        ["lost"] = 0L,
    }) with
    {
        Subject = new Subject(SubjectKind.Sensor, "telescope-1"),
        Tlp = Tlp.AmberStrict,
    };

    public static Alert Surge() => Alert(EventCatalog.ForecastSurge, "port/tcp/5555", new JsonObject
    {
        ["count"] = "sources",
        ["probability"] = 0.7,
        ["factor"] = 8.2,
        ["outcome"] = "open",
    }) with
    {
        Subject = new Subject(SubjectKind.Series, "port/tcp/5555"),
    };

    public static Alert Alert(string kind, string subject, JsonObject details) => new()
    {
        Id = ("0123456789ABCDEF" + kind.Length + subject.Length + kind[^1] + subject[^1]).ToUpperInvariant()[^16..],
        Kind = kind,
        Subject = new Subject(SubjectKind.Address, subject),
        Severity = Severity.Medium,
        Confidence = 0.87,
        Opened = Start.AddSeconds(10),
        Updated = Start.AddMinutes(5),
        FirstSeen = Start,
        LastSeen = Start.AddMinutes(5),
        Sensors = ["telescope-1"],
        Evidence =
        [
            new Evidence
            {
                Sensor = "telescope-1",
                EventId = "e1",
                From = Start,
                To = Start.AddMinutes(5),
                Packets = 250,
                Summary = "250 packets",
                Batches = ["b1"],
            },
        ],
        Details = details,
        Summary = $"{subject} does something.",
    };
}
