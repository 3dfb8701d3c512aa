using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Alerts, packets and sensors that never were, over documentation addresses.</summary>
public static class Invented
{
    public const string Attack = "<script>alert('xss')</script><img src=x onerror=alert(2)>";

    public static Alert Scan(int number, DateTimeOffset at, IAddressBook book)
    {
        var source = Address.Parse($"198.51.100.{number % 250}");
        string[] ports = (number % 4) switch
        {
            0 => ["tcp/23", "tcp/2323"],
            1 => ["tcp/5555"],
            2 => ["tcp/445"],
            _ => ["tcp/80", "tcp/8080", "tcp/81", "tcp/8443", "tcp/8081"],
        };
        var destinations = 12 + (number * 7919 % 9_000);
        return Make(EventCatalog.DarknetScan, Subject.Of(source), number, at, book.Lookup(source)) with
        {
            Severity = number % 4 == 1 ? Severity.Medium : Severity.Low,
            Summary = $"{source} scans {string.Join(", ", ports)}",
            Details = new JsonObject
            {
                [AlertDetails.Ports] = Array(ports),
                [AlertDetails.PortCount] = ports.Length,
                [AlertDetails.Protocols] = Array("tcp"),
                [AlertDetails.TrafficTypes] = Array("tcp-syn"),
                [AlertDetails.Packets] = destinations * 3,
                [AlertDetails.Destinations] = destinations,
                [AlertDetails.InternetWideRate] = destinations * 11.5,
                [AlertDetails.Coverage] = destinations / 65_536.0,
                [AlertDetails.Durumeric] = destinations > 100,
                [AlertDetails.Tools] = Array((number % 4) switch { 0 => ["mirai"], 3 => ["zmap"], _ => [] }),
            },
        };
    }

    public static Alert Victim(int number, DateTimeOffset at, IAddressBook book)
    {
        var victim = Address.Parse($"203.0.113.{number}");
        return Make(EventCatalog.DarknetDosVictim, Subject.Of(victim), number, at, book.Lookup(victim)) with
        {
            Severity = Severity.High,
            Summary = $"{victim} is under attack on tcp/443",
            Details = new JsonObject
            {
                [AlertDetails.Ports] = Array("tcp/443"),
                [AlertDetails.PortCount] = 1,
                [AlertDetails.Packets] = 8_841,
                [AlertDetails.Bytes] = 530_460,
                [AlertDetails.MaxPpm] = 1_204,
                [AlertDetails.DarkAddresses] = 3_921.4,
                [AlertDetails.Reasons] = Array("syn-ack", "rst"),
                [AlertDetails.Mismatches] = 0,
            },
        };
    }

    /// <summary>Of an address, or of its network.</summary>
    public static Alert Reflected(int number, DateTimeOffset at, IAddressBook book)
    {
        var victim = Address.Parse($"203.0.113.{number}");
        var isNetwork = number % 3 == 0;
        var minutes = Enumerable.Range(0, 20).Select(minute => (JsonNode)new JsonObject
        {
            ["at"] = at.AddMinutes(minute - 20).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:00Z", CultureInfo.InvariantCulture),
            ["sensor"] = "reflectors",
            ["packets"] = 200 + (minute * 37 % 11 * 80),
        });
        return Make(EventCatalog.ReflectorAttack, isNetwork ? Subject.Of(new Prefix(victim, 24)) : Subject.Of(victim), number, at, book.Lookup(victim)) with
        {
            Severity = Severity.Medium,
            Closed = number % 2 == 0 ? at : null,
            Summary = $"{victim} is under an amplification attack",
            Details = new JsonObject
            {
                [AlertDetails.Ports] = number % 2 == 0 ? Array("udp/53") : Array("udp/123", "udp/53"),
                [AlertDetails.Packets] = 6_841L,
                [AlertDetails.Bytes] = 410_460L,
                [AlertDetails.WantedBytes] = 22_000_000L,
                [AlertDetails.Hosts] = isNetwork ? 177 : 1,
                [AlertDetails.Rate] = number % 2 == 0 ? 0 : 14.5,
                [AlertDetails.MaxPps] = 31.2,
                [AlertDetails.MaxPpm] = 1_204,
                [AlertDetails.DarkAddresses] = 4,
                [AlertDetails.Commands] = Array("ANY example.org"),
                [AlertDetails.Hints] = Array("one-ttl", "service-port", "one-id"),
                [AlertDetails.Fingerprint] = "0123456789abcdef",
                [AlertDetails.Growth] = new JsonArray([.. minutes]),
            },
        };
    }

    public static Alert OwnHost(DateTimeOffset at, IAddressBook book)
    {
        var host = Address.Parse("192.0.2.77");
        return Make(EventCatalog.DarknetOwnHost, Subject.Of(host), 1, at, book.Lookup(host)) with
        {
            Severity = Severity.Critical,
            Summary = $"{host} of your own networks scans the darknet",
            Details = new JsonObject
            {
                [AlertDetails.Ports] = Array("tcp/23", "tcp/2323"),
                [AlertDetails.PortCount] = 2,
                [AlertDetails.Packets] = 1_840,
                [AlertDetails.Destinations] = 911,
                [AlertDetails.Tools] = Array("mirai"),
            },
        };
    }

    public static Alert Aggressive(DateTimeOffset at, IAddressBook book)
    {
        var source = Address.Parse("2001:db8:77::25");
        return Make(EventCatalog.DarknetScannerAggressive, Subject.Of(source), 2, at, book.Lookup(source)) with
        {
            Severity = Severity.Medium,
            Summary = $"{source} is an aggressive scanner",
            Details = new JsonObject
            {
                [AlertDetails.ByCoverage] = true,
                [AlertDetails.ByPackets] = true,
                [AlertDetails.ByPorts] = false,
                [AlertDetails.Packets] = 1_204_110,
                [AlertDetails.PortCount] = 12,
                [AlertDetails.Coverage] = 0.42,
                [AlertDetails.Day] = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                [AlertDetails.Tools] = Array("masscan"),
            },
        };
    }

    public static Alert Outbreak(DateTimeOffset at) =>
        Make(EventCatalog.DarknetOutbreak, new Subject(SubjectKind.Campaign, "tcp/5555 mirai 2026-11-23"), 8, at, AddressFacts.Unknown) with
        {
            Severity = Severity.High,
            Summary = "Outbreak tcp/5555",
            Details = new JsonObject
            {
                [AlertDetails.Ports] = Array("tcp/5555", "tcp/7547"),
                [AlertDetails.PortCount] = 2,
                [AlertDetails.Packets] = 2_725,
                [AlertDetails.Hosts] = 412,
                [AlertDetails.Groups] = 160,
                [AlertDetails.Grouping] = "/16",
                [AlertDetails.Engines] = Array("baseline", "glasso"),
                [AlertDetails.Tools] = Array("mirai"),
                [AlertDetails.Sources] = Array("198.51.100.7", "203.0.113.9"),
                [AlertDetails.Growth] = new JsonArray([
                    .. Enumerable.Range(1, 12).SelectMany(window => new[] { Grown("kyoto-a", at, window, 30), Grown("nagoya-b", at, window, 8) }),
                ]),
                [AlertDetails.Edges] = new JsonArray([
                    .. Enumerable.Range(0, 24).Select(edge => (JsonNode)new JsonObject
                    {
                        ["from"] = $"198.{51 + (edge % 8)}.0.0/16",
                        ["to"] = $"203.{edge % 5}.0.0/16",
                        ["weight"] = 0.2 + (edge / 40.0),
                    }),
                ]),
            },
        };

    private static JsonNode Grown(string sensor, DateTimeOffset at, int window, int scale) => new JsonObject
    {
        ["at"] = at.AddMinutes(10 * window).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["sensor"] = sensor,
        ["hosts"] = scale * window,
        ["groups"] = scale * window / 2,
        ["packets"] = scale * window * 3,
    };

    public static Alert Gap(DateTimeOffset at) =>
        Make(EventCatalog.SensorGap, new Subject(SubjectKind.Sensor, "nagoya-b"), 3, at, AddressFacts.Unknown) with
        {
            Severity = Severity.Medium,
            Summary = "nagoya-b delivered nothing",
            Details = new JsonObject { [AlertDetails.Reason] = "no packet for 40 minutes", [AlertDetails.Lost] = 0 },
        };

    public static Alert Surge(DateTimeOffset at, string outcome = "open") =>
        Make(EventCatalog.ForecastSurge, new Subject(SubjectKind.Series, "port/tcp/5555"), 9, at, AddressFacts.Unknown) with
        {
            Severity = Severity.Medium,
            Summary = "port/tcp/5555 is expected to surge",
            Closed = outcome == "open" ? null : at.AddHours(7),
            Details = new JsonObject
            {
                [AlertDetails.Count] = "sources",
                [AlertDetails.Until] = "2026-11-24T09:00:00Z",
                [AlertDetails.Probability] = 0.72,
                [AlertDetails.Threshold] = 4,
                [AlertDetails.Factor] = 8.2,
                [AlertDetails.FactorLower] = 3,
                [AlertDetails.FactorUpper] = 15,
                [AlertDetails.ExpectedIn] = 9,
                [AlertDetails.Usual] = 120,
                [AlertDetails.Now] = 190,
                [AlertDetails.Doubling] = 4,
                [AlertDetails.Outcome] = outcome,
                [AlertDetails.Lead] = 7,
            },
        };

    /// <summary>An alert all of whose text an attacker wrote.</summary>
    public static Alert Hostile(DateTimeOffset at) =>
        Make("darknet.unheard-of", new Subject(SubjectKind.Family, Attack), 4, at, new AddressFacts(null, 64496, Attack, "BR")) with
        {
            Summary = Attack,
            Sensors = [Attack],
            Evidence = [Witness(Attack, at, 3, Attack)],
            Notes = [new AlertNote(at, Attack, Attack)],
            Details = new JsonObject { [AlertDetails.Tools] = Array(Attack), [AlertDetails.KnownScanner] = Attack },
        };

    public static IReadOnlyList<PacketSample> Packets(Address source, DateTimeOffset at) =>
    [
        .. Enumerable.Range(0, 5).Select(i =>
        {
            byte[] destination = [10, 20, (byte)(i * 31), (byte)(17 + (i * 9))];
            byte[] bytes =
            [
                0x45, 0, 0, (byte)(40 + Payload.Length), 0x1f, (byte)i, 0, 0, 52, 6, 0x3a, 0x11, .. source.IsV4 ? source.ToBytes() : [0, 0, 0, 0],
                .. destination, 0x9c, 0x40, 0, 23, .. destination, 0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0x8c, 0x2e, 0, 0, .. Payload,
            ];
            return new PacketSample
            {
                TimeMicros = (at.AddSeconds(i * 47).ToUnixTimeMilliseconds() * 1_000) + 123,
                Subject = source,
                Source = source,
                Destination = Address.FromBytes(destination),
                Protocol = 6,
                Port = 23,
                Bytes = bytes,
                WireLength = bytes.Length + (i * 200),
            };
        }),
    ];

    public static IEnumerable<SensorStatus> Sensors(DateTimeOffset now) =>
    [
        Sensor("kyoto-a", now, 1_240, "10.20.0.0/16", new SensorHealth { Packets = 201_332_001, Bytes = 12_144_002_911, Malformed = 1_204, NotIp = 220, NotDark = 8_812 }) with
        {
            ClockSkew = TimeSpan.FromMilliseconds(3),
            Engines =
            [
                new("baseline", now.AddMinutes(-7), "", 3, 0), new("changefinder", now.AddMinutes(-7), "", 41, 0),
                new("glasso", now.AddMinutes(-7), "short-history", 0, 0), new("nmf", now.AddMinutes(-17), "gap", 1, 0),
                new("ntd", now.AddMinutes(-17), "not-converged", 2, 120),
            ],
        },
        Sensor("nagoya-b", now, 388, "10.40.0.0/18", new SensorHealth { Packets = 91_300_112, Bytes = 5_021_776_003, Dropped = 310_220, Late = 77 }) with
        {
            ClockSkew = TimeSpan.FromMilliseconds(-1_840),
        },
        Sensor("sapporo-c", now, 122, "2001:db8:dead::/48", new SensorHealth { Packets = 18_300_020, Bytes = 1_103_200_123 }) with
        {
            DarkInferred = true,
        },
    ];

    private static byte[] Payload { get; } = Encoding.ASCII.GetBytes("GET /<script>alert(1)</script> HTTP/1.1");

    private static SensorStatus Sensor(string name, DateTimeOffset now, double rate, string dark, SensorHealth totals) => new()
    {
        Name = name,
        Kind = "telescope",
        Simulated = true,
        Source = "simulation",
        Running = true,
        DarkPrefixes = [Prefix.Parse(dark)],
        LastPacket = now.AddSeconds(-1),
        LastHeard = now,
        PacketsPerSecond = rate,
        Totals = totals,
        Version = "0.1.0",
    };

    private static Alert Make(string kind, Subject subject, int number, DateTimeOffset at, AddressFacts facts) => new()
    {
        Id = (kind.Length * 1_000L + number).ToString("D16", CultureInfo.InvariantCulture),
        Kind = kind,
        Subject = subject,
        Severity = Severity.Low,
        Confidence = 0.93,
        Opened = at.AddSeconds(72),
        Updated = at.AddMinutes(42),
        Closed = number % 3 == 0 ? at.AddMinutes(55) : null,
        FirstSeen = at,
        LastSeen = at.AddMinutes(41),
        Sensors = ["kyoto-a", "nagoya-b"],
        Evidence = [Witness("kyoto-a", at, 2_114, "2,114 packets to 812 dark addresses"), Witness("nagoya-b", at.AddMinutes(4), 611, "611 packets to 233 dark addresses")],
        Details = [],
        Summary = "",
        Facts = facts,
        Simulated = true,
    };

    private static Evidence Witness(string sensor, DateTimeOffset at, long packets, string summary) => new()
    {
        Sensor = sensor,
        EventId = $"{sensor}-{at.ToUnixTimeSeconds()}",
        From = at,
        To = at.AddMinutes(37),
        Packets = packets,
        Summary = summary,
    };

    private static JsonArray Array(params ReadOnlySpan<string> values)
    {
        var array = new JsonArray();
        foreach (var value in values)
            array.Add(value);
        return array;
    }
}
