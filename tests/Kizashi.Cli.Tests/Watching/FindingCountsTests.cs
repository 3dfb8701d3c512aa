using Kizashi.Cli.Watching;
using Kizashi.Core.Findings;
using Kizashi.Core.Forecasts;

namespace Kizashi.Cli.Tests.Watching;

public sealed class FindingCountsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
    private static readonly SeriesDeclaration Gaps = new() { Name = "gaps", Over = SeriesOrigin.Findings, Kinds = ["sensor-gap"], Count = "events", By = "sensor" };
    private static readonly SeriesDeclaration Lost = new() { Name = "lost", Over = SeriesOrigin.Findings, Count = "lost" };

    private readonly FindingCounts _counts = new();

    [Fact]
    public void A_finding_counts_once_in_the_hour_in_which_it_began()
    {
        _counts.Declare([Gaps, Lost]);
        _counts.Add([Gap("1", 0, 5), Gap("2", 20, 7), Gap("3", 70, 9)]);
        _counts.Add([Gap("1", 0, 50) with { State = FindingState.Ended }]);
        var hour = Start.ToUnixTimeSeconds() / 3600;
        Assert.Equal(2, _counts.Of(Gaps, hour)["t1"]);
        Assert.Equal(12, _counts.Of(Lost, hour)[""]);
        Assert.Equal(9, _counts.Of(Lost, hour + 1)[""]);
        Assert.Empty(_counts.Of(Gaps, hour + 2));
    }

    [Fact]
    public void Nothing_is_counted_that_nobody_declared()
    {
        _counts.Add([Gap("1", 0, 5)]);
        _counts.Declare([Gaps with { Kinds = ["dos-victim"] }, Gaps with { Name = "a", Over = SeriesOrigin.Alerts }]);
        _counts.Add([Gap("2", 0, 5)]);
        Assert.Empty(_counts.Of(Gaps, Start.ToUnixTimeSeconds() / 3600));
        Assert.Equal("sensor-gap", FindingCounts.TypeOf(Gap("1", 0, 0)));
    }

    private static SensorGapFinding Gap(string id, int minute, long lost) => new()
    {
        EventId = id,
        State = FindingState.Ongoing,
        FirstSeen = Start.AddMinutes(minute),
        LastSeen = Start.AddMinutes(minute),
        Sensor = "t1",
        Score = 1,
        Reason = "x",
        Lost = lost,
    };
}
