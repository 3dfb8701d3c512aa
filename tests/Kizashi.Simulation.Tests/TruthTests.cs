using System.Globalization;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Simulation.Tests;

public sealed class TruthTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, int> Scenarios => new()
    {
        { "demo", 24 }, { "day", 30 }, { "dos", 12 }, { "outbreak", 15 }, { "quiet", 2 }, { "ipv6", 24 },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_packet_scan_and_attack_is_in_the_truth_once_and_nothing_else(string preset, int hours)
    {
        var scenario = Scenario.Preset(preset, Start, 7) with { Duration = TimeSpan.FromHours(hours) };
        scenario = Thin(scenario);
        var run = Run.Of(scenario);
        Assert.True(run.Truth.IsComplete);
        Assert.Equal(run.Packets.Count, run.Truth.Packets);
        Assert.Equal(run.Packets.Count, run.Truth.Events.Where(truth => !truth.Overlaps).Sum(truth => truth.Packets));

        var dark = new PrefixSet(scenario.Dark).SizeV4;

        var scans = run.Truth.Events.Where(truth => truth.ExpectedAlert == EventCatalog.DarknetScan).Select(TextOfScan);
        string[] expected = [.. Reference.Scans(run.Packets, dark).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, scans.Order(StringComparer.Ordinal));

        var aggressive = run.Truth.Events.Where(truth => truth.ExpectedAlert == EventCatalog.DarknetScannerAggressive)
            .Select(truth => $"{truth.Sources[0]} {truth.Start.ToUnixTimeSeconds() / 86_400}");
        Assert.Equal(
            Reference.Aggressive(run.Packets, expected, dark).Order(StringComparer.Ordinal),
            aggressive.Order(StringComparer.Ordinal));

        var attacks = run.Truth.Events.Where(truth => truth.ExpectedAlert == EventCatalog.DarknetDosVictim).Select(TextOfAttack);
        Assert.Equal(Reference.Attacks(run.Packets).Order(StringComparer.Ordinal), attacks.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Own_hosts_are_exactly_the_sources_of_own_prefixes()
    {
        var scenario = Thin(Scenario.Preset("day", Start, 5));
        var run = Run.Of(scenario);
        var own = new PrefixSet(scenario.Own);

        var seen = run.Packets.Where(packet => own.Contains(packet.Source)).CountBy(packet => packet.Source);
        var told = run.Truth.Events.Where(truth => truth.ExpectedAlert == EventCatalog.DarknetOwnHost);
        Assert.Equal(
            seen.OrderBy(host => host.Key),
            told.Select(truth => KeyValuePair.Create(truth.Sources[0], (int)truth.Packets)).OrderBy(host => host.Key));
        Assert.Equal(3, told.Count());
    }

    /// <summary>As many kinds of traffic, fewer packets: the tests keep every packet in memory.</summary>
    internal static Scenario Thin(Scenario scenario) => scenario with
    {
        Components =
        [
            .. scenario.Components.Select(component => component is BackgroundRadiation { V6: false } background
                ? background with { SecondsPerAddress = 800, WalkerShare = 0.02 }
                : component),
        ],
    };

    private static string TextOfScan(TruthEvent truth) => string.Create(
        CultureInfo.InvariantCulture,
        $"{truth.Sources[0]} {truth.Ports[0]} {truth.Start.ToUnixTimeMilliseconds()} {truth.End.ToUnixTimeMilliseconds()} {truth.Packets} {truth.TargetCount}");

    private static string TextOfAttack(TruthEvent truth) => string.Create(
        CultureInfo.InvariantCulture,
        $"{truth.Sources[0]} {truth.Start.ToUnixTimeMilliseconds()} {truth.End.ToUnixTimeMilliseconds()} {truth.Packets}");
}
