using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Scenarios;

/// <summary>The scenarios that come with the program.</summary>
/// <remarks>Dark and own prefixes are out of benchmarking (RFC 2544) and documentation space (RFC 5737, RFC 3849).</remarks>
internal static class Presets
{
    private static readonly Prefix DarkV4 = Prefix.Parse("198.18.0.0/22");
    private static readonly Prefix DarkV6 = Prefix.Parse("2001:db8:da00::/48");
    private static readonly Prefix OwnV4 = Prefix.Parse("203.0.113.0/24");
    private static readonly Prefix OwnV6 = Prefix.Parse("2001:db8:100::/48");

    public static IReadOnlyList<string> Names { get; } = ["day", "demo", "quiet", "outbreak", "dos", "ipv6"];

    public static Scenario Create(string name, DateTimeOffset start, ulong seed)
    {
        var scenario = name switch
        {
            "day" => Day(),
            "demo" => Demo(),
            "quiet" => Quiet(),
            "outbreak" => OutbreakOnly(),
            "dos" => Dos(),
            "ipv6" => V6Only(),
            _ => throw new ArgumentException($"There is no preset '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
        };
        return scenario with { Name = name, Start = start, Seed = seed };
    }

    private static Scenario Day() => new()
    {
        Dark = [DarkV4, DarkV6],
        Own = [OwnV4, OwnV6],
        Start = default,
        Diurnal = 0.2,
        Components =
        [
            new BackgroundRadiation(),
            new BackgroundRadiation { V6 = true },
            .. Surveys(),
            new MiraiScanning { Bots = 20_000, PacketsPerSecond = 150 },
            OutbreakOn("tcp/5555"),
            .. Victims(),
            .. NearMisses(),
            new Misconfiguration(),
            new Misconfiguration { Port = "tcp/8333", PacketsPerSecond = 0.1 },
            new OwnHosts { Hosts = 2, After = Hours(9), Length = Hours(2) },
            new OwnHosts { V6 = true, Port = "tcp/22", PacketsPerMinute = 5, After = Hours(14), Length = Hours(1) },
            new Flash { After = Hours(11.5), Packets = 3_000 },
        ],
        Outages = [new SensorOutage(Hours(16.5), TimeSpan.FromMinutes(30))],
    };

    private static Scenario Demo()
    {
        var day = Day();
        return day with
        {
            Components =
            [
                .. day.Components.Select(component => component is BackgroundRadiation { V6: false } background
                    ? background with { SecondsPerAddress = 26, WalkerShare = 0.002 }
                    : component),
                .. Later(),
            ],
        };
    }

    // What happens when the day is over and the demonstration goes on live; a scenario of one day never gets there.
    private static IEnumerable<DosBackscatter> Later()
    {
        AttackAnswer[] answers = [AttackAnswer.SynAck, AttackAnswer.UdpUnreachable, AttackAnswer.Rst, AttackAnswer.EchoReply];
        for (var i = 0; i < 24; i++)
        {
            yield return Attack(answers[i % answers.Length], i % 3 == 0 ? 443 : 53, 150 + (20 * i)) with
            {
                After = Hours(24) + Minutes(4 + (12 * i)),
                Length = Minutes(3 + (i % 5)),
            };
        }
    }

    private static Scenario Quiet() => new()
    {
        Dark = [Prefix.Parse("198.18.0.0/24")],
        Own = [OwnV4],
        Start = default,
        Components = [new BackgroundRadiation { WalkerShare = 0 }],
    };

    private static Scenario OutbreakOnly() => new()
    {
        Dark = [DarkV4],
        Own = [OwnV4],
        Start = default,
        Components = [new BackgroundRadiation { WalkerShare = 0.002 }, OutbreakOn("tcp/5555") with { After = Hours(2) }],
    };

    private static Scenario Dos() => new()
    {
        Dark = [DarkV4],
        Own = [OwnV4],
        Start = default,
        Components = [new BackgroundRadiation { WalkerShare = 0.002 }, .. Victims().Where(victim => !victim.V6), .. NearMisses()],
    };

    private static Scenario V6Only() => new()
    {
        Dark = [DarkV6, Prefix.Parse("2001:db8:db00::/56")],
        Own = [OwnV6],
        Start = default,
        Components =
        [
            new BackgroundRadiation { V6 = true, PacketsPerSecond = 2 },
            new SurveyScanner { V6 = true, Ports = ["tcp/443", "icmp/128"], Period = Hours(8), Targets = 1_000 },
            new SurveyScanner { V6 = true, Tool = ScanTool.Plain, Ports = ["udp/53"], Sources = 2, Period = Hours(12) },
            .. Victims().Where(victim => victim.V6),
            new OwnHosts { V6 = true, Port = "tcp/22", PacketsPerMinute = 5, After = Hours(14), Length = Hours(1) },
        ],
    };

    private static IEnumerable<SurveyScanner> Surveys() =>
    [
        new SurveyScanner { Sources = 4, Ports = ["tcp/443", "tcp/80", "tcp/22", "tcp/8080"], Period = Hours(6) },
        new SurveyScanner { Tool = ScanTool.Masscan, Sources = 3, Ports = ["tcp/6379", "tcp/2375", "tcp/10250"], Period = Hours(8), Coverage = 0.6 },
        new SurveyScanner { Tool = ScanTool.Plain, Sources = 2, Ports = ["udp/53", "udp/123", "udp/389"], Period = Hours(4), Coverage = 0.25 },
        new SurveyScanner { Ports = ["icmp/8"], Period = Hours(24), After = Hours(1), Sweep = TimeSpan.FromMinutes(30) },
        new SurveyScanner { Tool = ScanTool.Unicornscan, Ports = ["tcp/3389"], Period = Hours(24), After = Hours(5), Coverage = 0.3 },
        new SurveyScanner { Tool = ScanTool.Nmap, Ports = ["tcp/445"], Period = Hours(24), After = Hours(7), Coverage = 0.05 },
        new SurveyScanner { V6 = true, Ports = ["tcp/443", "icmp/128"], Period = Hours(8), After = Hours(3) },
        // Nine addresses: one short of a scan.
        new SurveyScanner { Tool = ScanTool.Plain, Ports = ["tcp/9999"], Period = Hours(3), After = Hours(2), Targets = 9 },
        new SurveyScanner { V6 = true, Tool = ScanTool.Plain, Ports = ["tcp/8443"], Period = Hours(6), After = Hours(2), Targets = 9 },
    ];

    private static Outbreak OutbreakOn(string port) => new()
    {
        Ports = [port],
        Population = 4_000,
        Seeds = 4,
        GrowthPerHour = 1.2,
        PacketsPerSecond = 2_000,
        After = Hours(12),
    };

    private static IEnumerable<DosBackscatter> Victims() =>
    [
        Attack(AttackAnswer.SynAck, 80, 400) with { After = Hours(1.2), Length = Minutes(20) },
        Attack(AttackAnswer.SynAck, 443, 90) with { After = Hours(3.7), Length = Minutes(45) },
        Attack(AttackAnswer.Rst, 25565, 150) with { After = Hours(5.1), Length = Minutes(8) },
        Attack(AttackAnswer.UdpUnreachable, 0, 240) with { After = Hours(8.4), Length = Minutes(12) },
        Attack(AttackAnswer.TimeExceeded, 443, 70) with { After = Hours(10.6), Length = Minutes(15) },
        Attack(AttackAnswer.EchoReply, 0, 110) with { After = Hours(13.3), Length = Minutes(6) },
        Attack(AttackAnswer.SynAck, 53, 2_500) with { After = Hours(18.2), Length = Minutes(10) },
        Attack(AttackAnswer.Rst, 22, 60) with { After = Hours(21.4), Length = Minutes(30) },
        Attack(AttackAnswer.SynAck, 443, 80) with { V6 = true, After = Hours(6.3), Length = Minutes(10) },
        Attack(AttackAnswer.UdpUnreachable, 53, 60) with { V6 = true, After = Hours(19.5), Length = Minutes(10) },
    ];

    // Each short of one threshold of the RSDoS rule: packets, seconds, packets per minute.
    private static IEnumerable<DosBackscatter> NearMisses() =>
    [
        new DosBackscatter { Packets = 24, After = Hours(4.5), Length = TimeSpan.FromSeconds(45) },
        new DosBackscatter { Packets = 600, After = Hours(9.5), Length = TimeSpan.FromSeconds(50) },
        new DosBackscatter { Packets = 400, Answer = AttackAnswer.Rst, After = Hours(15.5), Length = Minutes(20) },
    ];

    private static DosBackscatter Attack(AttackAnswer answer, int port, double perMinute) =>
        new() { Answer = answer, Port = port, PacketsPerMinute = perMinute };

    private static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
