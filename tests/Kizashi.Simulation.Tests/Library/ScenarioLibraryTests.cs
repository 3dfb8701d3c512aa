using Kizashi.Simulation.Library;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Tests.Library;

public sealed class ScenarioLibraryTests
{
    public static TheoryData<string> Sets => [.. ScenarioLibrary.Sets];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_scenario_can_be_simulated_and_is_the_same_each_time(string set)
    {
        Assert.All(ScenarioLibrary.Members(set), name =>
        {
            var scenario = Create(name);
            Assert.Empty(scenario.Faults());
            Assert.Equal(name, scenario.Name);
            Assert.Equal(scenario.ContentHash, Create(name).ContentHash);
            Assert.NotEmpty(scenario.Components.OfType<Outbreak>());
            Assert.Equal(scenario.ContentHash, ScenarioFile.Parse(ScenarioFile.Write(scenario), out _)!.ContentHash);
        });
    }

    [Fact]
    public void No_seed_is_in_two_sets()
    {
        var seeds = ScenarioLibrary.Sets.SelectMany(ScenarioLibrary.Members).Select(name => Create(name).Seed).ToArray();
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    [Fact]
    public void The_held_out_set_is_what_the_goal_asks_for()
    {
        var scenarios = ScenarioLibrary.Members(ScenarioLibrary.HeldOut).Select(Create).ToArray();
        Assert.True(scenarios.Length >= 50);
        Assert.All(scenarios, scenario => Assert.InRange(scenario.Dark[0].Length, 16, 20));
        Assert.Equal([16, 17, 18, 19, 20], scenarios.Select(scenario => scenario.Dark[0].Length).Distinct().Order());
        Assert.True(scenarios.Count(scenario => scenario.Sensors.Count > 1) >= 5);
        Assert.True(scenarios.Count(scenario => scenario.Outages.Count > 0) >= 5);
        Assert.Contains(scenarios, scenario => scenario.ClockSteps.Count > 0);
        Assert.Contains(scenarios, scenario => scenario.Repeats.Count > 0);
        var telnet = scenarios.Where(scenario => scenario.Components.OfType<Outbreak>().Any(outbreak => outbreak.Ports.Contains("tcp/23"))).ToArray();
        Assert.True(telnet.Length >= 10);
        Assert.Equal(2, telnet.Select(scenario => scenario.Components.OfType<Outbreak>().First().Tool).Distinct().Count());
        Assert.All(telnet, scenario =>
        {
            var outbreak = scenario.Components.OfType<Outbreak>().First();
            var mirai = Assert.Single(scenario.Components.OfType<MiraiScanning>());
            Assert.Equal(10 * outbreak.Population, mirai.Bots);
            Assert.Equal(outbreak.PacketsPerSecond, mirai.PacketsPerSecond);
            Assert.NotNull(outbreak.Window);
        });
    }

    [Fact]
    public void The_wide_set_is_three_days_on_a_slash_12()
    {
        var scenarios = ScenarioLibrary.Members(ScenarioLibrary.Wide).Select(Create).ToArray();
        Assert.Equal(3, scenarios.Length);
        Assert.All(scenarios, scenario => Assert.Equal((12, TimeSpan.FromDays(1)), (scenario.Dark[0].Length, scenario.Duration)));
    }

    [Fact]
    public void The_training_set_goes_down_to_a_slash_24()
    {
        var lengths = ScenarioLibrary.Members(ScenarioLibrary.Training).Select(name => Create(name).Dark[0].Length).ToHashSet();
        Assert.Superset(new HashSet<int> { 16, 17, 18, 19, 20, 22, 24 }, lengths);
    }

    [Fact]
    public void Other_names_are_refused()
    {
        Assert.False(ScenarioLibrary.TryCreate("held-out-99", out _));
        Assert.Throws<ArgumentException>(() => ScenarioLibrary.Members("all"));
    }

    [Theory]
    [InlineData(100, 300, 4_096)]
    [InlineData(40, 5_000, 65_536)]
    public void A_rate_gives_the_strength_that_was_wanted(double strength, int hosts, double addresses)
    {
        var prefix = 32 - (int)Math.Log2(addresses);
        var run = Run.Of(new Scenario
        {
            Dark = [Kizashi.Core.Addresses.Prefix.Parse($"198.18.0.0/{prefix}")],
            Start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromHours(6),
            Components =
            [
                new Outbreak
                {
                    Ports = ["tcp/9034"],
                    Population = hosts,
                    Seeds = hosts,
                    PacketsPerSecond = OutbreakStrength.RateFor(strength, hosts, addresses),
                },
            ],
        });
        var windows = run.Truth.Events.Single(told => told.Outbreak is not null).Outbreak!.Windows;
        Assert.Equal(strength, windows.Average(window => window.StrongGroups), strength * 0.15);
    }

    private static Scenario Create(string name) =>
        ScenarioLibrary.TryCreate(name, out var scenario) ? scenario : throw new ArgumentException(name);
}
