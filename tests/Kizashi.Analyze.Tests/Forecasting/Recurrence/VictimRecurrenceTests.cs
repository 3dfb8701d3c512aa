using Kizashi.Analyze.Forecasting.Recurrence;

namespace Kizashi.Analyze.Tests.Forecasting.Recurrence;

public sealed class VictimRecurrenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddDays(180);

    // None of these seeds was used to choose anything.
    [Theory]
    [InlineData(71)]
    [InlineData(72)]
    [InlineData(73)]
    public void Probabilities_beat_the_base_rate_at_every_horizon_and_come_true_as_often_as_they_say(int seed)
    {
        var forecast = new VictimRecurrence(new RecurrenceOptions()).Forecast(Attacks(seed, 900), End);
        Assert.Equal([1, 7, 30], forecast.Scores.Select(score => score.Horizon.TotalDays));
        Assert.All(forecast.Scores, score =>
        {
            Assert.Null(score.Fallback);
            Assert.True(score.Skill > 0.1, $"{score.Horizon}: {score.Brier} against {score.BaseBrier}");
            var off = score.Reliability.Sum(bin => bin.Count * Math.Abs(bin.Said - bin.Observed)) / score.Said;
            Assert.True(off < 0.05, $"{score.Horizon}: off by {off}");
            Assert.Equal(score.Said, score.Reliability.Sum(bin => bin.Count));
        });
    }

    [Fact]
    public void A_victim_attacked_often_and_lately_comes_before_one_attacked_once_long_ago()
    {
        List<VictimAttack> attacks = [.. Attacks(5, 600)];
        attacks.AddRange(Enumerable.Range(0, 20).Select(number => new VictimAttack("busy", End.AddHours(-3 - (12 * number)))));
        attacks.Add(new VictimAttack("forgotten", Start.AddDays(2)));
        var victims = new VictimRecurrence(new RecurrenceOptions()).Forecast(attacks, End).Victims;
        var (busy, forgotten) = (victims.Single(victim => victim.Victim == "busy"), victims.Single(victim => victim.Victim == "forgotten"));
        Assert.True(busy.Within[0] > 0.4 && forgotten.Within[^1] < 0.4, $"{busy.Within[0]} {forgotten.Within[^1]}");
        Assert.True(busy.By < forgotten.By || forgotten.By is null);
        Assert.All(victims, victim => Assert.Equal(victim.Within.Order(), victim.Within));
        Assert.True(busy.Earliest <= busy.By && busy.By <= busy.Latest);
    }

    [Fact]
    public void Too_few_attacks_give_the_share_of_all_and_say_so()
    {
        var forecast = new VictimRecurrence(new RecurrenceOptions()).Forecast([new VictimAttack("a", Start), new VictimAttack("a", Start.AddDays(3)), new VictimAttack("b", Start.AddDays(4))], Start.AddDays(9));
        Assert.All(forecast.Scores, score => Assert.Equal(VictimRecurrence.Few, score.Fallback));
        Assert.Equal(2, forecast.Victims.Count);
        Assert.All(forecast.Victims, victim => Assert.All(victim.Within, probability => Assert.InRange(probability, 0, 1)));
        Assert.Empty(new VictimRecurrence(new RecurrenceOptions()).Forecast([], End).Victims);
    }

    [Fact]
    public void What_comes_by_chance_is_told_by_its_share()
    {
        var random = new Random(6);
        VictimAttack[] attacks = [.. Enumerable.Range(0, 3_000).Select(_ => new VictimAttack($"v{random.Next(300)}", Start.AddDays(180 * random.NextDouble())))];
        var forecast = new VictimRecurrence(new RecurrenceOptions()).Forecast(attacks, End);
        Assert.All(forecast.Scores, score => Assert.True(score.Skill < 0.05));
    }

    [Fact]
    public void Victims_past_the_bound_and_attacks_of_the_future_are_left_out_and_counted()
    {
        var options = new RecurrenceOptions { MostVictims = 50 };
        var forecast = new VictimRecurrence(options).Forecast([.. Enumerable.Range(0, 80).Select(number => new VictimAttack($"v{number}", Start.AddDays(number))), new VictimAttack("", Start), new VictimAttack("late", End.AddDays(1))], End);
        Assert.Equal((50, 30, 2), (forecast.Victims.Count, forecast.VictimsLeftOut, forecast.AttacksLeftOut));
        Assert.Throws<ArgumentException>(() => new VictimRecurrence(new RecurrenceOptions { Origins = 1 }));
    }

    // Victims differ by decades; an attack brings about others for a day or two; many are given up for good.
    private static VictimAttack[] Attacks(int seed, int victims)
    {
        var random = new Random(seed);
        var attacks = new List<VictimAttack>();
        for (var number = 0; number < victims; number++)
        {
            var (day, rate, network) = (180 * random.NextDouble(), Math.Pow(10, -2.5 + (2 * random.NextDouble())), $"AS{random.Next(60)}");
            var dies = day - (Math.Log(1 - random.NextDouble()) * 40);
            var waiting = new PriorityQueue<double, double>([(day, day)]);
            var own = 0;
            while (waiting.TryDequeue(out var at, out _) && at < Math.Min(180, dies) && own < 300)
            {
                attacks.Add(new VictimAttack($"v{number}", Start.AddDays(at), network));
                own++;
                if (random.NextDouble() < 0.45)
                    Add(at - (Math.Log(1 - random.NextDouble()) * 0.7));

                if (own == 1 || waiting.Count == 0)
                    Add(at - (Math.Log(1 - random.NextDouble()) / rate));
            }

            void Add(double at) => waiting.Enqueue(at, at);
        }

        return [.. attacks];
    }
}
