using Kizashi.Core.Addresses;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Library;

/// <summary>Draws one scenario of the library: background, negatives, disturbances, and outbreaks of a wanted strength.</summary>
internal sealed class ScenarioDraft(string name, ulong seed)
{
    private const int Themes = 5;
    private const double LatestHour = 18;

    private static readonly DateTimeOffset FirstDay = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly int[] Lengths = [20, 19, 18, 17, 16];
    private static readonly int[] SmallLengths = [24, 22];

    private readonly SeededRandom _random = new(seed, 0x4C4942);

    /// <param name="index">From 0: every fifth is a new botnet on tcp/23; of the training set the last are on a /24 or a /22.</param>
    public Scenario Create(int index)
    {
        var telnet = index % Themes == 0;
        var length = Lengths[(index + (index / Themes)) % Lengths.Length];
        // Held-out ones are on a /20 to a /16, and their seeds are larger.
        if (seed < 100_000 && index >= 30 && !telnet)
            length = SmallLengths[index % SmallLengths.Length];

        var sensors = index % 7 == 3 ? SeveralSensors(length) : [];
        Prefix[] dark = sensors.Length > 0 ? [.. sensors.SelectMany(sensor => sensor.Dark)] : [Prefix.Parse($"198.18.0.0/{length}")];
        var addresses = Math.Pow(2, 32 - length);
        List<TrafficComponent> components = telnet
            ? [.. Telnet(index / Themes, addresses)]
            : [Main(index, addresses), .. _random.Below(10) < 7 ? [Graded(addresses)] : Array.Empty<Outbreak>(), Mirai(addresses)];
        return Complete(dark, sensors, components, secondsPerAddress: Between(10, 30));
    }

    /// <summary>A day on a /12, at the 25,000 packets a second that darknets of this size saw in 2018.</summary>
    public Scenario Wide()
    {
        var dark = Prefix.Parse("10.0.0.0/12");
        var addresses = Math.Pow(2, 20);
        List<TrafficComponent> components =
        [
            .. seed % 2 == 0 ? Telnet((int)(seed / 2 % 2), addresses) : [Main((int)(seed % 4), addresses), Mirai(addresses)],
            Graded(addresses),
        ];
        components = [.. components.Select(component => component is Outbreak outbreak
            ? outbreak with { After = outbreak.After + TimeSpan.FromHours(5) }
            : component)];
        return Complete([dark], [], components, secondsPerAddress: 42) with { Duration = TimeSpan.FromDays(1) };
    }

    private static SimulatedSensor[] SeveralSensors(int length) =>
    [
        new("east", [Prefix.Parse($"198.18.0.0/{length}")]),
        new("west", [Prefix.Parse($"198.19.0.0/{length + 1}")]),
        new("south", [Prefix.Parse($"198.19.128.0/{length + 1}")]),
    ];

    private Scenario Complete(
        Prefix[] dark, SimulatedSensor[] sensors, IReadOnlyList<TrafficComponent> components, double secondsPerAddress)
    {
        var hours = components.OfType<Outbreak>().Max(outbreak => outbreak.After.TotalHours + HoursToGrow(outbreak)) + 2.5;
        hours = Math.Ceiling(Math.Min(hours, LatestHour + 2.5));
        var negatives = new NegativeDraft(_random, dark.Sum(prefix => (double)prefix.Size), hours);
        return new Scenario
        {
            Name = name,
            Seed = seed,
            Dark = dark,
            Sensors = sensors,
            Start = FirstDay + TimeSpan.FromDays(_random.Below(200)) + TimeSpan.FromMinutes(_random.Below(24 * 60)),
            Duration = Hours(hours),
            Diurnal = _random.Below(2) == 0 ? 0 : Between(0.1, 0.4),
            Components =
            [
                new BackgroundRadiation { SecondsPerAddress = Math.Round(secondsPerAddress, 1), WalkerShare = 0.005 },
                .. components,
                .. negatives.All(),
            ],
            Outages = _random.Below(4) == 0 ? [new(Hours(Between(1.5, hours - 1.5)), TimeSpan.FromMinutes(10 + _random.Below(40)))] : [],
            ClockSteps = _random.Below(8) == 0 ? [new(Hours(Between(1, 5)), TimeSpan.FromMinutes(_random.Below(90) - 30))] : [],
            Repeats = _random.Below(8) == 0 ? [new(Hours(Between(1, hours - 1)), TimeSpan.FromMinutes(1 + _random.Below(15)))] : [],
        };
    }

    /// <summary>The outbreak that must be found.</summary>
    private Outbreak Main(int index, double addresses)
    {
        var ports = (index % 4) switch
        {
            1 => [PortChoice.DrawBusy(_random)],
            2 => PortChoice.DrawNew(_random, 2 + _random.Below(7)),
            _ => PortChoice.DrawNew(_random, 1),
        };
        var hosts = (int)LogBetween(150, 6_000);
        var strength = LogBetween(30, Math.Min(600, 0.8 * Math.Min(hosts, OutbreakStrength.Groups)));
        ScanTool[] tools = [ScanTool.Mirai, ScanTool.Plain, ScanTool.Plain, ScanTool.Masscan, ScanTool.Nmap];
        return Grow(hosts, strength, addresses) with
        {
            Ports = ports,
            Tool = ToolFor(ports, tools[_random.Below(tools.Length)]),
            Window = _random.Below(2) == 0 ? OwnWindow() : null,
        };
    }

    /// <summary>A second one, of any strength from far below what counts to above it.</summary>
    private Outbreak Graded(double addresses)
    {
        var hosts = (int)LogBetween(60, 2_000);
        return Grow(hosts, LogBetween(1, 45), addresses) with
        {
            Ports = PortChoice.DrawNew(_random, 1 + _random.Below(2)),
            Tool = _random.Below(2) == 0 ? ScanTool.Mirai : ScanTool.Plain,
        };
    }

    /// <summary>A new botnet on tcp/23 inside a Mirai population of ten times its hosts and packets.</summary>
    private IEnumerable<TrafficComponent> Telnet(int number, double addresses)
    {
        var hosts = (int)LogBetween(150, 3_000);
        var strength = LogBetween(30, Math.Min(600, 0.8 * Math.Min(hosts, OutbreakStrength.Groups)));
        var outbreak = Grow(hosts, strength, addresses) with
        {
            Ports = number % 3 == 2 ? ["tcp/23", "tcp/2323"] : ["tcp/23"],
            Tool = number % 2 == 0 ? ScanTool.Mirai : ScanTool.Plain,
            Window = OwnWindow(),
        };
        yield return outbreak;
        yield return new MiraiScanning { Bots = 10 * hosts, PacketsPerSecond = outbreak.PacketsPerSecond };
    }

    private MiraiScanning Mirai(double addresses) => new()
    {
        Bots = 2_000 + _random.Below(10_000),
        // Between a hundredth and a fifth of what the background sends.
        PacketsPerSecond = Between(20, 200) * Math.Min(4, Math.Max(1, 65_536 / addresses)),
    };

    private Outbreak Grow(int hosts, double strength, double addresses)
    {
        var seeds = 1 + _random.Below(Math.Max(1, hosts / 50));
        var hoursToHalf = LogBetween(0.5, 6);
        return new Outbreak
        {
            Ports = [],
            Population = hosts,
            Seeds = seeds,
            GrowthPerHour = Math.Round(Math.Log((double)hosts / seeds) / hoursToHalf, 3),
            PacketsPerSecond = Math.Round(OutbreakStrength.RateFor(strength, hosts, addresses), 3),
            After = Hours(Between(6, 9)),
        };
    }

    // From the seeds to nine tenths of the hosts.
    private static double HoursToGrow(Outbreak outbreak) =>
        (Math.Log((double)outbreak.Population / outbreak.Seeds) + Math.Log(9)) / outbreak.GrowthPerHour;

    // Bots send datagrams through their host's own stack, whose TTL is not that of a raw socket.
    private static ScanTool ToolFor(string[] ports, ScanTool tool) =>
        Array.Exists(ports, port => port.StartsWith("udp/", StringComparison.Ordinal)) ? ScanTool.Plain : tool;

    private int OwnWindow() => 2_000 + _random.Below(60_000);

    private double Between(double least, double most) => least + (_random.Unit() * (most - least));

    private double LogBetween(double least, double most) => least * Math.Pow(most / least, _random.Unit());

    private static TimeSpan Hours(double hours) => TimeSpan.FromSeconds(Math.Round(hours * 3600));
}
