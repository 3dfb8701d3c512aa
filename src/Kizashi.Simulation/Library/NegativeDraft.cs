using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Library;

/// <summary>Draws traffic that looks like an outbreak and is none.</summary>
/// <param name="random">The draws.</param>
/// <param name="darkAddresses">All that are observed.</param>
/// <param name="hours">Length of the scenario.</param>
internal sealed class NegativeDraft(SeededRandom random, double darkAddresses, double hours)
{
    public IEnumerable<TrafficComponent> All() =>
    [
        .. Surveys(),
        .. random.Below(2) == 0 ? Storm() : [],
        .. Misconfigurations(),
        .. Flashes(),
    ];

    private IEnumerable<SurveyScanner> Surveys()
    {
        ScanTool[] tools = [ScanTool.ZMap, ScanTool.Masscan, ScanTool.Plain, ScanTool.Nmap];
        for (var left = 3 + random.Below(4); left > 0; left--)
        {
            yield return new SurveyScanner
            {
                Tool = tools[random.Below(tools.Length)],
                Sources = 1 + random.Below(64),
                Neighbors = true,
                Ports = PortChoice.DrawSurveyed(random, 1 + random.Below(6)),
                Period = Hours(Between(2, 8)),
                Sweep = TimeSpan.FromMinutes(Between(10, 60)),
                Coverage = Between(0.1, 1) / 4,
                After = Hours(Between(0, hours / 2)),
            };
        }

        // Freelancers at scattered hosts, each on its own.
        yield return new SurveyScanner
        {
            Tool = ScanTool.Plain,
            Sources = 2 + random.Below(7),
            Ports = PortChoice.DrawSurveyed(random, 1 + random.Below(3)),
            Period = Hours(Between(2, 8)),
            Coverage = Between(0.05, 0.3),
            After = Hours(Between(0, hours / 2)),
        };
    }

    // Many victims at once, as when a whole network is attacked: answers from many /16s in the same minutes.
    private IEnumerable<DosBackscatter> Storm()
    {
        var from = Between(1, hours - 1);
        var answer = (AttackAnswer)random.Below(5);
        var port = random.Below(2) == 0 ? 443 : 53;
        for (var left = 30 + random.Below(90); left > 0; left--)
        {
            yield return new DosBackscatter
            {
                Answer = answer,
                Port = port,
                PacketsPerMinute = Between(5, 100) * Math.Max(1, darkAddresses / 65_536),
                After = Hours(Math.Min(hours - 0.5, from + Between(0, 0.3))),
                Length = TimeSpan.FromMinutes(Between(5, 40)),
            };
        }
    }

    private IEnumerable<Misconfiguration> Misconfigurations()
    {
        for (var left = 1 + random.Below(3); left > 0; left--)
            yield return new Misconfiguration { Port = "udp/514", PacketsPerSecond = Between(0.05, 2), After = Hours(Between(0, hours / 2)) };

        // Hundreds of hosts of everywhere that take one dark address for a peer: the hardest of all.
        if (random.Below(5) < 3)
        {
            var sources = 200 + random.Below(2_000);
            yield return new Misconfiguration
            {
                Port = PortChoice.DrawNew(random, 1)[0],
                Sources = sources,
                PacketsPerSecond = sources * Between(1, 8) / 600,
                After = Hours(Between(2, hours - 1)),
                Length = Hours(Between(0.5, 3)),
            };
        }
    }

    private IEnumerable<Flash> Flashes()
    {
        for (var left = 2 + random.Below(3); left > 0; left--)
        {
            yield return new Flash
            {
                Port = PortChoice.DrawNew(random, 1)[0],
                Tool = random.Below(2) == 0 ? ScanTool.Masscan : ScanTool.Plain,
                Packets = (int)(darkAddresses * Between(0.2, 1)),
                After = Hours(Between(0.5, hours - 0.5)),
                Length = TimeSpan.FromSeconds(Between(10, 600)),
            };
        }
    }

    private double Between(double least, double most) => least + (random.Unit() * (most - least));

    private static TimeSpan Hours(double hours) => TimeSpan.FromSeconds(Math.Round(hours * 3600));
}
