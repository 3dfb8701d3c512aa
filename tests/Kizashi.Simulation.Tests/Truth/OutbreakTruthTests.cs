using Kizashi.Core.Addresses;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Tests.Truth;

public sealed class OutbreakTruthTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 7, 3, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 60_000)]
    [InlineData(2, 8_000)]
    [InlineData(3, 400)]
    public void What_is_told_of_an_outbreak_is_what_a_slow_count_of_its_packets_gives(int seed, double rate)
    {
        SimulatedSensor[] sensors = [new("a", [Prefix.Parse("198.18.0.0/22")]), new("b", [Prefix.Parse("198.18.8.0/24")])];
        var outbreak = new Outbreak { Ports = ["tcp/5555", "udp/5353"], Population = 400, Seeds = 3, GrowthPerHour = 2.5, PacketsPerSecond = rate };
        var scenario = new Scenario
        {
            Seed = (ulong)seed,
            Dark = [.. sensors.SelectMany(sensor => sensor.Dark)],
            Sensors = sensors,
            Start = Start,
            Duration = TimeSpan.FromHours(5),
            Components = [outbreak with { After = TimeSpan.FromMinutes(17) }],
        };
        var run = Run.Of(scenario);

        foreach (var sensor in sensors)
        {
            var dark = new PrefixSet(sensor.Dark);
            Seen[] packets = [.. run.Packets.Where(packet => dark.Contains(packet.Destination))];
            var told = Assert.Single(run.Truth.Events, told => told.Outbreak?.Sensor == sensor.Name);
            Assert.Equal(outbreak.Ports, told.Ports);
            Assert.Equal(packets.Length, told.Packets);
            Assert.Equal(packets.Min(packet => packet.Time) / 1000, told.Start.ToUnixTimeMilliseconds());
            Assert.Equal(packets.Select(packet => packet.Source).Distinct().Count(), told.Outbreak!.Hosts);
            Assert.Equal(Windows(packets, 10), told.Outbreak.Windows);
            Assert.Equal(Windows(packets, 10).FirstOrDefault(window => window.StrongGroups >= 20)?.Start, told.Outbreak.CountsFrom);
            Assert.Equal(Windows(packets, 30).FirstOrDefault(window => window.StrongGroups >= 20)?.Start, told.Outbreak.CountsFromHalfHour);
            Assert.Equal(Windows(packets, 10).Max(window => window.StrongGroups), told.Outbreak.Strength);
            Assert.Equal(Windows(packets, 30).Max(window => window.StrongGroups), told.Outbreak.HalfHourStrength);
        }
    }

    [Fact]
    public void Fast_ones_count_and_slow_ones_are_faint()
    {
        Assert.NotNull(Told(60_000).CountsFrom);
        Assert.Null(Told(300).CountsFromHalfHour);

        OutbreakTruth Told(double rate) => Run.Of(new Scenario
        {
            Dark = [Prefix.Parse("198.18.0.0/22")],
            Start = Start,
            Duration = TimeSpan.FromHours(5),
            Components = [new Outbreak { Ports = ["tcp/5555"], Population = 400, GrowthPerHour = 2.5, PacketsPerSecond = rate }],
        }).Truth.Events.Single(told => told.Outbreak is not null).Outbreak!;
    }

    private static List<OutbreakWindow> Windows(Seen[] packets, int minutes)
    {
        var length = minutes * 60_000_000L;
        return [.. packets.GroupBy(packet => packet.Time / length).OrderBy(window => window.Key).Select(window => Window(window, length))];
    }

    private static OutbreakWindow Window(IGrouping<long, Seen> window, long length)
    {
        var groups = window.CountBy(packet => packet.Source.V4 >> 16).ToArray();
        return new OutbreakWindow(
            DateTimeOffset.UnixEpoch.AddMicroseconds(window.Key * length),
            window.Select(packet => packet.Source).Distinct().Count(),
            groups.Length,
            groups.Count(group => group.Value >= 3),
            window.Count());
    }
}
