using System.Globalization;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Tests.Flows;

public sealed class FlowSimulationTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 7, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("day", 4)]
    [InlineData("dos", 10)]
    [InlineData("ipv6", 20)]
    public void Rows_and_truth_are_those_of_a_telescope_that_reads_the_packets(string preset, int hours)
    {
        var scenario = TruthTests.Thin(Scenario.Preset(preset, Start, 31) with { Duration = TimeSpan.FromHours(hours) });
        Same(scenario);
    }

    [Fact]
    public void A_clock_that_jumps_and_packets_that_come_twice_are_as_a_telescope_would_have_them()
    {
        Same(TruthTests.Thin(Scenario.Preset("outbreak", Start, 5)) with
        {
            Duration = TimeSpan.FromHours(5),
            Components = [new BackgroundRadiation { SecondsPerAddress = 100 }, Outbreak() with { Window = 5840, Tool = ScanTool.Plain }],
            ClockSteps = [new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(25)), new(TimeSpan.FromHours(3), TimeSpan.FromMinutes(-8))],
            Repeats = [new(TimeSpan.FromHours(2), TimeSpan.FromMinutes(4))],
        });
    }

    [Fact]
    public void Each_sensor_gets_what_goes_to_its_own_prefixes_and_all_of_it()
    {
        SimulatedSensor[] sensors = [new("a", [Prefix.Parse("198.18.0.0/23")]), new("b", [Prefix.Parse("198.18.4.0/24"), Prefix.Parse("198.18.6.0/24")])];
        var scenario = Scenario.Preset("quiet", Start) with
        {
            Dark = [.. sensors.SelectMany(sensor => sensor.Dark)],
            Sensors = sensors,
            Duration = TimeSpan.FromHours(1),
        };
        var run = new FlowSimulation(scenario, shards: 3);
        Gathered[] sinks = [new(), new()];
        run.Run(sinks, TestContext.Current.CancellationToken);

        Assert.Equal(run.Packets, sinks.Sum(sink => sink.Health.Packets));
        for (var number = 0; number < sensors.Length; number++)
        {
            var own = new PrefixSet(sensors[number].Dark);
            Assert.NotEmpty(sinks[number].Rows);
            Assert.All(sinks[number].Rows.Keys, key => Assert.True(own.Contains(Address.FromV4(uint.Parse(key.Split(' ')[2], CultureInfo.InvariantCulture)))));
        }
    }

    private static void Same(Scenario scenario)
    {
        var (told, other) = (new TruthList(), new TruthList());
        using var source = new SimulationSource(scenario, told);
        var options = new TelescopeOptions { Dark = new PrefixSet(scenario.Dark), Simulated = true };
        using var telescope = new Telescope(options, TimeProvider.System);
        var observed = new Gathered();
        telescope.Run(source, observed, TestContext.Current.CancellationToken);

        var made = new Gathered();
        new FlowSimulation(scenario, other, shards: 2).Run([made], TestContext.Current.CancellationToken);

        Assert.NotEmpty(made.Rows);
        Assert.Equal(observed.Rows.OrderBy(row => row.Key, StringComparer.Ordinal), made.Rows.OrderBy(row => row.Key, StringComparer.Ordinal));
        Assert.Equal(observed.Answers.OrderBy(row => row.Key, StringComparer.Ordinal), made.Answers.OrderBy(row => row.Key, StringComparer.Ordinal));
        Assert.Equal(observed.Health, made.Health);
        Assert.Equal(told.Packets, other.Packets);
        Assert.Equivalent(told.Events, other.Events, strict: true);
    }

    private static Outbreak Outbreak() => new() { Ports = ["tcp/5555", "tcp/7547"], Population = 300, Seeds = 5, GrowthPerHour = 3, PacketsPerSecond = 20_000 };
}
