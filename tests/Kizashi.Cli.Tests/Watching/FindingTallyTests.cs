using Kizashi.Cli.Watching;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;

namespace Kizashi.Cli.Tests.Watching;

public sealed class FindingTallyTests
{
    private readonly FindingTally _tally = new();

    [Fact]
    public void An_event_counts_once_however_often_it_is_told()
    {
        _tally.Add([Scan("a"), Scan("b"), Scan("a", FindingState.Ended)]);
        Assert.Equal(2, _tally.Scans);
    }

    [Fact]
    public void A_scan_that_sank_below_the_rate_before_its_end_was_none()
    {
        _tally.Add([Scan("a"), Scan("b")]);
        _tally.Add([Scan("a", FindingState.Ended, score: 0.9)]);
        Assert.Equal(1, _tally.Scans);
    }

    private static ScanFinding Scan(string id, FindingState state = FindingState.Ongoing, double score = 2) => new()
    {
        EventId = id,
        State = state,
        Score = score,
        FirstSeen = DateTimeOffset.UnixEpoch,
        LastSeen = DateTimeOffset.UnixEpoch,
        Sensor = "kyoto",
        Source = Address.Parse("203.0.113.5"),
        Protocol = 6,
        Port = 23,
        TrafficType = "tcp-syn",
        Packets = 10,
        Destinations = 10,
    };
}
