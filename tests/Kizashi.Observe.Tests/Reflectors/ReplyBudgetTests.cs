using Kizashi.Core.Addresses;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Tests.Telescope.Responder;

namespace Kizashi.Observe.Tests.Reflectors;

public sealed class ReplyBudgetTests
{
    private readonly HandClock _clock = new();
    private readonly EchoService _greedy = new();
    private readonly byte[] _buffer = new byte[2048];

    [Fact]
    public void A_new_source_gets_three_full_answers_and_then_none_until_it_has_been_quiet()
    {
        var budget = new ReplyBudget(new ReplyLimits(), _clock);
        var source = Address.Parse("203.0.113.9");
        var answers = Enumerable.Range(0, 20).Select(_ => Ask(budget, source, 40)).ToArray();
        Assert.Equal([(68 * 10) - 28, (68 * 10) - 28, (68 * 10) - 28], answers[..3]);
        Assert.All(answers[3..], length => Assert.Equal(0, length));
        Assert.Equal(17, budget.HeldBySource);
        _clock.Move(TimeSpan.FromSeconds(61));
        Assert.NotEqual(0, Ask(budget, source, 40));
        Assert.Equal(1472, Ask(budget, Address.Parse("2001:db8::1"), 500));
    }

    [Theory]
    [InlineData("203.0.113.0", 1)]
    [InlineData("2001:db8:1::", 65_536)]
    public void A_network_under_attack_gets_three_answers_a_minute_together(string first, int step)
    {
        var budget = new ReplyBudget(new ReplyLimits(), _clock);
        var network = Address.Parse(first);
        var answers = 0;
        for (var second = 0; second < 600; second++)
        {
            for (var n = 0; n < 20; n++)
            {
                var host = (uint)(((second * 20) + n) % 250 * step);
                answers += Ask(budget, network.IsV4 ? Address.FromV4(network.V4 + host) : Address.FromV6(network.Value + host), 40) > 0 ? 1 : 0;
            }

            _clock.Move(TimeSpan.FromSeconds(1));
        }

        // Twelve before it is known to be attacked, then three in each of nine minutes; each minute forgets.
        Assert.InRange(answers, 3, 12 * 10);
        Assert.Equal(12_000, answers + budget.HeldBySource + budget.HeldByNetwork);
    }

    [Fact]
    public void A_flood_of_forged_sources_gets_no_more_than_the_rate_in_any_second()
    {
        var limits = new ReplyLimits();
        var budget = new ReplyBudget(limits, _clock);
        var random = new Random(5);
        const int Seconds = 130;
        const int PerSecond = 20_000;
        var total = 0L;
        for (var second = 0; second < Seconds; second++)
        {
            var sent = 0;
            for (var n = 0; n < PerSecond; n++)
                sent += Ask(budget, Address.FromV4((uint)random.NextInt64(1L << 32)), 50);

            Assert.InRange(sent, 0, 2 * limits.BytesPerSecond);
            total += sent;
            _clock.Move(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(total, budget.AnswerBytes);
        Assert.InRange(total, limits.BytesPerSecond, limits.BytesPerSecond * (Seconds + 1L));
        Assert.Equal((long)Seconds * PerSecond, budget.Answers + budget.HeldBySource + budget.HeldByNetwork + budget.HeldByRate + budget.HeldByRoom);
        Assert.True(budget.HeldByRoom > 0, "more sources than places came");
    }

    [Fact]
    public void What_is_known_of_somebody_who_goes_on_asking_is_not_forgotten_for_a_flood()
    {
        var budget = new ReplyBudget(new ReplyLimits { BytesPerSecond = 10_000_000 }, _clock);
        var victim = Address.Parse("203.0.113.9");
        var random = new Random(6);
        var answered = 0;
        for (var second = 0; second < 120; second++)
        {
            answered += Ask(budget, victim, 40) > 0 ? 1 : 0;
            for (var n = 0; n < 20_000; n++)
                Ask(budget, Address.FromV4((uint)random.NextInt64(1L << 32)), 40);

            _clock.Move(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(answered, 1, 9);
    }

    private int Ask(ReplyBudget budget, Address source, int bytes) => budget.Answer(source, _greedy, new byte[bytes], _buffer);
}
