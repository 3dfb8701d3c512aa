using CsCheck;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Backscatter;

public sealed class VictimTests
{
    [Fact]
    public void Exactly_the_victims_of_the_slow_implementation_are_found_whatever_the_order_and_the_batches() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 3], Gen.Int[0, 9_000], Gen.Int[1, 300]).Sample(
            (seed, shards, tolerance, perBatch) =>
            {
                var answers = Random(seed, 3000);
                var run = new AnalyzerRun(Traffic.Options, shards)
                    .Take(new SensorDouble(seed, shards, tolerance, perBatch).Deliver([], answers))
                    .Finish();

                Assert.Equal(ReferenceVictims.Find(answers), ToReference(run));
            },
            iter: 40);

    [Fact]
    public void The_random_attacks_lie_on_both_sides_of_the_rule()
    {
        var answers = Random(1, 3000);

        Assert.InRange(ReferenceVictims.Find(answers).Count, 5, 500);
    }

    [Theory]
    [InlineData(30, 60_000, 1)]
    [InlineData(30, 59_999, 0)]
    [InlineData(30, 59_000, 0)]
    [InlineData(30, 61_000, 1)]
    public void Sixty_seconds_from_first_to_last_are_an_attack_and_a_hair_less_is_none(int packets, long millis,
        int victims)
    {
        // All but the last in the first 50 s, so that the window holds them whatever the length.
        var answers = Enumerable.Range(0, packets).Select(number => Traffic.Answer(1, number * 10L))
            .Append(Traffic.Answer(1, millis));

        Assert.Equal(victims, Victims(answers).Count);
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    [InlineData(31, 1)]
    public void Thirty_packets_in_a_minute_are_an_attack_and_twenty_nine_are_none(int packets, int victims)
    {
        var answers = Enumerable.Range(0, packets).Select(number => Traffic.Answer(1, 5_000 + (number * 10L)))
            .Append(Traffic.Answer(1, 65_000));

        var found = Victims(answers);
        Assert.Equal(victims, found.Count);
        Assert.All(found, victim => Assert.Equal(packets, victim.MaxPacketsPerMinute));
    }

    [Theory]
    [InlineData(24, 0)]
    [InlineData(25, 1)]
    public void Twenty_five_packets_are_needed(int packets, int victims)
    {
        var options = Traffic.Options with { Victims = new() { MinPacketsPerMinute = 10 } };
        var answers = Enumerable.Range(0, packets).Select(number => Traffic.Answer(1, number * 4000L));

        Assert.Equal(victims, Victims(answers, options).Count);
    }

    [Fact]
    public void The_window_slides_by_ten_seconds()
    {
        // 15 packets at second 9 and 15 at second 60 lie in slots 0 and 6: no window of six slots holds both.
        var apart = Burst(15, 9_000).Concat(Burst(15, 60_000)).Append(Traffic.Answer(1, 75_000));
        var together = Burst(15, 10_000).Concat(Burst(15, 60_000)).Append(Traffic.Answer(1, 75_000));

        Assert.Empty(Victims(apart));
        Assert.Single(Victims(together));
    }

    [Theory]
    [InlineData(119_999, 1)]
    [InlineData(120_000, 0)]
    public void A_vector_that_is_silent_for_a_whole_aligned_minute_is_dropped(long next, int victims)
    {
        var answers = Burst(30, 1_000).Append(Traffic.Answer(1, next));

        Assert.Equal(victims, Victims(answers).Count);
    }

    [Fact]
    public void Protocols_of_one_victim_are_attacks_of_their_own_and_families_are_equal()
    {
        var answers = Burst(40, 0).Append(Traffic.Answer(1, 61_000)).ToArray();
        var all = answers
            .Concat(answers.Select(answer => answer with { Protocol = 17, Reason = BackscatterReason.IcmpError }))
            .Concat(answers.Select(answer => answer with { Victim = Traffic.SourceV6(1) }));

        Assert.Equal(3, Victims(all).Count);
    }

    [Fact]
    public void An_attack_is_told_when_it_is_one_at_most_each_minute_unless_it_grows_and_when_it_ends()
    {
        var answers = Enumerable.Range(0, 300).Select(number => Traffic.Answer(1, number * 1000L));
        var run = new AnalyzerRun(Traffic.Options, 1).Take(new SensorDouble(1, 1, 0, 1).Deliver([], answers));
        run.Advance(Traffic.Start + 420_000);

        Assert.Equal([61, 92, 138, 198, 258, 300], run.Findings.OfType<DosVictimFinding>()
            .Select(victim => victim.Packets));
        Assert.Equal(FindingState.Ended, run.Findings[^1].State);
        Assert.Single(run.Findings.Select(finding => finding.EventId).Distinct());
    }

    [Fact]
    public void The_finding_says_what_was_seen()
    {
        var answers = Burst(40, 0)
            .Select((answer, number) =>
            answer with { VictimPort = (ushort)(80 + (number % 2)), IsMismatch = number < 3, Length = 44 })
            .Append(Traffic.Answer(1, 61_000) with { Reason = BackscatterReason.Rst });

        var victim = Assert.Single(Victims(answers));
        Assert.Equal((41, (40 * 44) + 40, 3), (victim.Packets, victim.Bytes, victim.Mismatches));
        Assert.Equal((ushort)80, victim.Port);
        Assert.Equal(["syn-ack", "rst"], victim.Reasons);
        Assert.InRange(victim.Ports, 1.9, 3.2);
    }

    private static IEnumerable<AnswerPacket> Burst(int packets, long millis) =>
        Enumerable.Range(0, packets).Select(number => Traffic.Answer(1, millis + number));

    private static List<DosVictimFinding> Victims(IEnumerable<AnswerPacket> answers, AnalyzeOptions? options = null) =>
        [.. new AnalyzerRun(options ?? Traffic.Options).Take(new SensorDouble(1).Deliver([], answers)).Finish()
            .Ended<DosVictimFinding>()];

    private static List<ReferenceVictim> ToReference(AnalyzerRun run) =>
    [
        .. run.Ended<DosVictimFinding>()
            .Select(victim => new ReferenceVictim(
                victim.Victim, victim.Protocol, victim.FirstSeen.ToUnixTimeMilliseconds(),
                    victim.LastSeen.ToUnixTimeMilliseconds(),
                victim.Packets, victim.Bytes, victim.MaxPacketsPerMinute, victim.Mismatches, victim.Port,
                    string.Join(',', victim.Reasons)))
            .OrderBy(victim => victim.Victim)
            .ThenBy(victim => victim.Protocol)
            .ThenBy(victim => victim.FirstMillis),
    ];

    private static List<AnswerPacket> Random(int seed, int packets)
    {
        var random = new Random(seed);
        var answers = new List<AnswerPacket>();
        long[] pauses = [0, 10_000, 49_000, 59_999, 60_000, 60_001, 90_000, 119_999, 120_000, 121_000, 200_000];
        while (answers.Count < packets)
        {
            var victim = random.Next(5) == 0 ? Traffic.SourceV6(random.Next(4)) : Traffic.Source(random.Next(8));
            var protocol = (byte)(random.Next(4) == 0 ? 17 : 6);
            var time = Traffic.Start + random.Next(0, 7_200_000);
            for (var burst = random.Next(1, 6); burst > 0; burst--)
            {
                for (var count = random.Next(1, 20); count > 0; count--)
                {
                    answers.Add(new AnswerPacket
                    {
                        Millis = time,
                        Victim = victim,
                        Protocol = protocol,
                        VictimPort = (ushort)random.Next(79, 82),
                        Reason = (BackscatterReason)(1 << random.Next(4)),
                        Length = 40 + random.Next(5),
                        IsMismatch = random.Next(10) == 0,
                    });
                    time += random.Next(4) == 0 ? 0 : random.Next(1, 4000);
                }

                time += pauses[random.Next(pauses.Length)];
            }
        }

        return answers;
    }
}
