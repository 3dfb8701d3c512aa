using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Warn.Tests.Doubles;

namespace Kizashi.Warn.Tests.LifeCycle;

/// <summary>Runs alone and counts processor time, so that a busy machine does not fail it.</summary>
[Collection(Alone)]
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class LoadTests
{
    private const string Alone = "alone";
    private const int Burst = 10_000;

    // One second is the promise; neighbors on the same cores slow the caches down by up to three times.
    private const int Slack = 3;

    [Fact]
    public void Ten_thousand_findings_a_second_are_taken()
    {
        var house = new House();
        var (opening, growing, again) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            var (fresh, grown) = (Findings(round, packets: 10), Findings(round, packets: 20));
            opening = Least(opening, () => house.Apply(fresh));
            growing = Least(growing, () => house.Apply(grown));
            again = Least(again, () => house.Apply(grown));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"opening {opening.TotalMilliseconds:N0} ms, growing {growing.TotalMilliseconds:N0} ms, again {again.TotalMilliseconds:N0} ms");
        Assert.All([opening, growing, again], time => Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(Slack)));
    }

    private static TimeSpan Least(TimeSpan best, Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        var time = Environment.CpuUsage.TotalTime - before;
        return time < best ? time : best;
    }

    private static Finding[] Findings(int round, long packets) =>
    [
        .. Enumerable.Range(0, Burst).Select(index => Given.Scan(
            $"{round}-{index}", packets, to: packets, source: Address.FromV4((uint)((round * Burst) + index)))),
    ];
}
