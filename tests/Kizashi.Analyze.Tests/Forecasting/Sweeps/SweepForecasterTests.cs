using Kizashi.Analyze.Forecasting.Sweeps;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Tests.Forecasting.Sweeps;

public sealed class SweepForecasterTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Start.AddDays(2);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_walk_over_a_network_reaches_what_lies_ahead_in_time_and_not_what_it_has_passed(int direction)
    {
        // A /24 in ten minutes, with noise of a minute and a fifth of unrelated points.
        var random = new Random(2);
        var walk = Enumerable.Range(0, 40).Select(step => new SweepPoint(Start.AddMinutes((10 * step) + random.Next(-1, 2)), At(100 + (direction * step), random.Next(256))));
        var others = Enumerable.Range(0, 8).Select(_ => new SweepPoint(Start.AddMinutes(random.Next(400)), At(random.Next(200), random.Next(256))));
        var ahead = Network(100 + (direction * 50));
        var next = Assert.Single(SweepForecaster.Find(walk.Concat(others), [ahead, Network(100 + (direction * 10))], Now));
        Assert.Equal(ahead, next.Network);
        Assert.InRange((next.At - Start.AddMinutes(500)).TotalMinutes, -25, 25);
        Assert.True(next.Earliest <= next.At && next.At <= next.Latest);
        Assert.InRange(next.Probability, 0.6, 0.9);
        Assert.InRange(next.Points, 30, 44);
    }

    [Fact]
    public void Networks_of_version_6_are_reached_as_those_of_version_4()
    {
        var points = Enumerable.Range(0, 20).Select(step => new SweepPoint(Start.AddMinutes(5 * step), Address.Parse($"2001:db8:{step:x}::7")));
        var next = Assert.Single(SweepForecaster.Find(points, [Prefix.Parse("2001:db8:1e::/48"), Prefix.Parse("192.0.2.0/24")], Now));
        Assert.InRange((next.At - Start.AddMinutes(150)).TotalMinutes, -6, 6);
    }

    [Fact]
    public void Attacks_in_no_order_are_no_walk_but_once_in_hundreds_of_times()
    {
        var random = new Random(3);
        var found = Enumerable.Range(0, 600).Count(_ => SweepForecaster.Find(
            Enumerable.Range(0, 12 + random.Next(60)).Select(_ => new SweepPoint(Start.AddMinutes(random.Next(3_000)), At(random.Next(200), random.Next(256)))), [Network(220)], Now).Count > 0);
        Assert.InRange(found, 0, 6);
    }

    [Fact]
    public void Few_points_the_same_moment_or_the_same_address_are_no_walk()
    {
        Assert.Empty(SweepForecaster.Find([], [Network(1)], Now));
        Assert.Empty(SweepForecaster.Find(Enumerable.Range(0, 5).Select(step => new SweepPoint(Start.AddMinutes(step), At(step, 1))), [Network(50)], Now));
        Assert.Empty(SweepForecaster.Find(Enumerable.Range(0, 50).Select(step => new SweepPoint(Start, At(step, 1))), [Network(80)], Now));
        Assert.Empty(SweepForecaster.Find(Enumerable.Range(0, 50).Select(step => new SweepPoint(Start.AddMinutes(step), At(7, 1))), [Network(80)], Now));
        Assert.Empty(SweepForecaster.Find(Enumerable.Range(0, 50).Select(step => new SweepPoint(Now.AddMinutes(step), At(step, 1))), [Network(80)], Now.AddMinutes(-1)));
    }

    private static Address At(int network, int host) => Address.FromV4(0xC6120000u + ((uint)network << 8) + (uint)host);

    private static Prefix Network(int number) => new(At(number, 0), 24);
}
