using Kizashi.Core.Addresses;
using Kizashi.Simulation.Frames;

namespace Kizashi.Simulation.Scenarios;

/// <summary>Finds everything that is wrong with a scenario at once.</summary>
internal static class ScenarioFaults
{
    private const string NoDark = "dark: at least one prefix is needed.";
    private const string NoComponents = "components: at least one is needed.";

    private static readonly TimeSpan MostDuration = TimeSpan.FromDays(3660);
    private static readonly TimeSpan MostStep = TimeSpan.FromDays(1);
    private static readonly Prefix Sources = Prefix.Parse("240.0.0.0/4");
    private static readonly Prefix SourcesV6 = Prefix.Parse("3fff::/20");

    /// <summary>What is also said of a scenario whose faulty parts were taken out, and tells nothing new then.</summary>
    public static IReadOnlyList<string> OfNothing { get; } = [NoDark, NoComponents];

    public static IReadOnlyList<string> Of(Scenario scenario)
    {
        var faults = new List<string>();
        void Demand(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }

        Demand(scenario.Dark.Count > 0, NoDark);
        Demand(scenario.Duration > TimeSpan.Zero && scenario.Duration <= MostDuration, "duration: more than 0 and at most ten years.");
        Demand(scenario.Start >= DateTimeOffset.UnixEpoch, "start: not before 1970.");
        Demand(scenario.Start.Year <= 2100, "start: not after the year 2100.");
        Demand(scenario.Diurnal is >= 0 and <= 1, "diurnal: 0 to 1.");
        Demand(scenario.Components.Count > 0, NoComponents);
        foreach (var prefix in scenario.Dark.Concat(scenario.Own).Where(IsSourceSpace))
            faults.Add($"{prefix}: 240.0.0.0/4 and 3fff::/20 are where simulated sources live.");

        foreach (var own in scenario.Own.Where(own => scenario.Dark.Any(dark => dark.Contains(own.First) || own.Contains(dark.First))))
            faults.Add($"{own}: own and dark prefixes overlap.");

        foreach (var outage in scenario.Outages)
            Demand(outage.After >= TimeSpan.Zero && outage.Length > TimeSpan.Zero, "outages: after is 0 or more, length more than 0.");

        foreach (var repeat in scenario.Repeats)
            Demand(repeat.After >= TimeSpan.Zero && repeat.Length > TimeSpan.Zero, "repeats: after is 0 or more, length more than 0.");

        foreach (var step in scenario.ClockSteps)
            Demand(step.After >= TimeSpan.Zero && step.By.Duration() <= MostStep, "clockSteps: after is 0 or more, by at most a day.");

        faults.AddRange(OfSensors(scenario));
        for (var i = 0; i < scenario.Components.Count; i++)
        {
            var component = scenario.Components[i];
            faults.AddRange(OfComponent(scenario, component).Select(fault => $"components[{i}]: {fault}"));
        }

        return faults;
    }

    private static IEnumerable<string> OfSensors(Scenario scenario)
    {
        var names = scenario.Sensors.Select(sensor => sensor.Name).ToArray();
        if (names.Any(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.Ordinal).Count() < names.Length)
            yield return "sensors: each needs a name of its own.";

        foreach (var sensor in scenario.Sensors)
        {
            if (sensor.Dark.Count == 0 || sensor.Dark.Any(prefix => !scenario.Dark.Contains(prefix)))
                yield return $"sensors: '{sensor.Name}' observes prefixes that are listed in dark, at least one.";
        }

        if (scenario.Sensors.SelectMany(sensor => sensor.Dark).GroupBy(prefix => prefix).Any(prefix => prefix.Count() > 1))
            yield return "sensors: no two observe the same prefix.";

        if (scenario.Sensors.Count > 0 && scenario.Dark.Any(dark => !scenario.Sensors.Any(sensor => sensor.Dark.Contains(dark))))
            yield return "sensors: every dark prefix belongs to one of them.";
    }

    private static bool IsSourceSpace(Prefix prefix) =>
        Sources.Contains(prefix.First) || SourcesV6.Contains(prefix.First) || prefix.Contains(Sources.First)
        || prefix.Contains(SourcesV6.First);

    private static IEnumerable<string> OfComponent(Scenario scenario, TrafficComponent component)
    {
        if (!scenario.Dark.Any(dark => dark.IsV4 != component.V6))
            yield return $"no dark prefix is {(component.V6 ? "IPv6" : "IPv4")}.";

        if (component.After < TimeSpan.Zero || component.After > MostDuration)
            yield return "after: 0 to ten years.";

        if (component.Length is { } length && (length <= TimeSpan.Zero || length > MostDuration))
            yield return "length: more than 0, at most ten years.";

        var faults = component switch
        {
            BackgroundRadiation background => Of(background),
            SurveyScanner survey => Of(survey),
            MiraiScanning mirai => Of(mirai),
            Outbreak outbreak => Of(outbreak),
            DosBackscatter dos => Of(dos),
            Misconfiguration misconfiguration =>
                [.. Count(misconfiguration.Sources, "sources"), .. Rate(misconfiguration.PacketsPerSecond), .. Ports([misconfiguration.Port])],
            OwnHosts own => Of(own, scenario),
            Flash flash => [.. Count(flash.Packets, "packets"), .. Ports([flash.Port])],
            _ => [],
        };
        foreach (var fault in faults)
            yield return fault;
    }

    private static IEnumerable<string> Of(BackgroundRadiation background)
    {
        if (background.SecondsPerAddress is not (> 0 and <= 1e9))
            yield return "secondsPerAddress: more than 0.";

        if (background.PacketsPerSecond is not (null or (> 0 and <= 1e8)))
            yield return "packetsPerSecond: more than 0, at most 100 million.";

        if (background.SinglePacketShare is not (>= 0 and <= 1) || background.WalkerShare is not (>= 0 and <= 1))
            yield return "singlePacketShare and walkerShare: 0 to 1.";

        if (background.TailIndex is not (> 0 and <= 10) || background.MostPackets is < 1 or > 100_000_000)
            yield return "tailIndex: more than 0, at most 10; mostPackets: 1 to 100 million.";
    }

    private static IEnumerable<string> Of(SurveyScanner survey) =>
    [
        .. Count(survey.Sources, "sources"),
        .. Ports(survey.Ports),
        .. survey.Coverage is > 0 and <= 1 ? Array.Empty<string>() : ["coverage: more than 0, at most 1."],
        .. survey.Targets is null or (> 0 and <= 100_000_000) ? Array.Empty<string>() : ["targets: 1 to 100 million."],
        .. survey.Sweep > TimeSpan.Zero && survey.Period >= survey.Sweep
            ? Array.Empty<string>()
            : ["sweep: more than 0 and no longer than period."],
    ];

    private static IEnumerable<string> Of(MiraiScanning mirai) =>
    [
        .. Count(mirai.Bots, "bots"),
        .. Rate(mirai.PacketsPerSecond),
        .. mirai.Spread is >= 0 and <= 5 ? Array.Empty<string>() : ["spread: 0 to 5."],
    ];

    private static IEnumerable<string> Of(Outbreak outbreak) =>
    [
        .. Count(outbreak.Population, "population"),
        .. Rate(outbreak.PacketsPerSecond),
        .. Ports(outbreak.Ports),
        .. outbreak.Seeds >= 1 && outbreak.Seeds <= outbreak.Population ? Array.Empty<string>() : ["seeds: 1 to the population."],
        .. outbreak.Window is null or (>= 0 and <= 65535) ? Array.Empty<string>() : ["window: 0 to 65535."],
        .. outbreak.GrowthPerHour is > 0 and <= 1000 ? Array.Empty<string>() : ["growthPerHour: more than 0, at most 1000."],
    ];

    private static IEnumerable<string> Of(DosBackscatter dos) =>
    [
        .. dos.Port is >= 0 and <= 65535 ? Array.Empty<string>() : ["port: 0 to 65535."],
        .. Rate(dos.PacketsPerMinute / 60),
        .. dos.Packets is { } packets ? Count(packets, "packets") : [],
    ];

    private static IEnumerable<string> Of(OwnHosts own, Scenario scenario) =>
    [
        .. scenario.Own.Any(prefix => prefix.IsV4 != own.V6)
            ? Array.Empty<string>()
            : [$"own hosts need an own {(own.V6 ? "IPv6" : "IPv4")} prefix."],
        .. own.Hosts is >= 1 and <= 1000 ? Array.Empty<string>() : ["hosts: 1 to 1000."],
        .. Rate(own.PacketsPerMinute / 60),
        .. Ports([own.Port]),
    ];

    private static IEnumerable<string> Count(int count, string name) =>
        count is >= 1 and <= 10_000_000 ? [] : [$"{name}: 1 to 10 million."];

    private static IEnumerable<string> Rate(double rate) =>
        rate is > 0 and <= 1e8 ? [] : ["the packet rate: more than 0, at most 100 million a second."];

    private static IEnumerable<string> Ports(IReadOnlyList<string> ports)
    {
        if (ports.Count is 0 or > 64)
            yield return "ports: 1 to 64 are needed.";

        foreach (var port in ports.Where(port => !PortName.TryParse(port, out _)))
            yield return $"'{port}' is not a port such as tcp/23, udp/53 or icmp/8.";
    }
}
