using System.Text.Json;
using CsCheck;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Warn.Tests.Doubles;

namespace Kizashi.Warn.Tests.LifeCycle;

public sealed class AlertBookPropertyTests
{
    /// <summary>Events of a few sources that grow step by step and end, cut into rounds.</summary>
    private static readonly Gen<Finding[][]> Days =
        from events in Gen.Select(Gen.Int[0, 2], Gen.UShort[1, 400], Gen.Int[0, 30], Gen.Int[1, 6]).Array[1, 40]
        select Rounds([.. events.DistinctBy(item => (item.Item1, item.Item2))]);

    [Fact]
    public void A_restart_after_every_round_gives_the_same_alerts() =>
        Days.Sample(
            rounds =>
            {
                var (steady, shaken) = (new House(), new House());
                foreach (var round in rounds)
                {
                    steady.Apply(round);
                    shaken.Apply(round);
                    shaken.Restart();
                }

                Assert.Equal(Image(steady), Image(shaken));
            },
            iter: 60);

    [Fact]
    public void Findings_delivered_again_from_any_round_on_change_nothing() =>
        Gen.Select(Days, Gen.Int[0, 100]).Sample(
            (rounds, cut) =>
            {
                var house = new House();
                foreach (var round in rounds)
                    house.Apply(round);

                var before = Image(house);
                house.Restart();
                foreach (var round in rounds.Skip(cut % rounds.Length))
                    house.Apply(round);

                return before == Image(house);
            },
            iter: 60);

    [Fact]
    public void Packets_of_all_alerts_are_the_packets_of_all_events() =>
        Days.Sample(
            rounds =>
            {
                var house = new House();
                foreach (var round in rounds)
                    house.Apply(round);

                var events = rounds.SelectMany(round => round).Cast<ScanFinding>()
                    .GroupBy(scan => scan.EventId).Sum(scans => scans.Max(scan => scan.Packets));
                return house.Store.All.Sum(alert => (long)alert.Details["packets"]!) == events;
            },
            iter: 60);

    private static string Image(House house) => JsonSerializer.Serialize(house.Store.All, KizashiJson.Options);

    private static Finding[][] Rounds((int Source, ushort Port, int Start, int Steps)[] events)
    {
        var rounds = new List<Finding>[40];
        for (var round = 0; round < rounds.Length; round++)
            rounds[round] = [];

        foreach (var (source, port, start, steps) in events)
        {
            for (var step = 0; step <= steps; step++)
            {
                rounds[start + step].Add(Given.Scan(
                    $"{source}-{port}-{start}",
                    packets: 100 + (step * 3),
                    port,
                    from: start * 10,
                    to: (start * 10) + (step * 3),
                    step == steps ? FindingState.Ended : FindingState.Ongoing,
                    Address.FromV4(0xC6336400u + (uint)source)));
            }
        }

        return [.. rounds.Select(round => round.ToArray())];
    }
}
