using System.Text.Json.Nodes;
using Kizashi.Cli.Center;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Tests.Center;

public sealed class AlertFilterTests
{
    private static readonly Alert Scan = new()
    {
        Id = "0123456789ABCDEF",
        Kind = "darknet.scan",
        Subject = new Subject(SubjectKind.Address, "198.51.100.7"),
        Severity = Severity.Medium,
        Confidence = 0.9,
        Opened = DateTimeOffset.UnixEpoch.AddDays(1),
        Updated = DateTimeOffset.UnixEpoch.AddDays(1),
        FirstSeen = DateTimeOffset.UnixEpoch.AddDays(1),
        LastSeen = DateTimeOffset.UnixEpoch.AddDays(1),
        Sensors = ["campus"],
        Evidence = [],
        Details = new JsonObject(),
        Summary = "198.51.100.7 scans tcp/23",
    };

    public static TheoryData<AlertQuery, bool> Cases => new()
    {
        { new AlertQuery(), true },
        { new AlertQuery { Kind = "darknet." }, true },
        { new AlertQuery { Kind = "darknet.scan" }, true },
        { new AlertQuery { Kind = "darknet.sca" }, true },
        { new AlertQuery { Kind = "darknet.scanner.aggressive" }, false },
        { new AlertQuery { Subject = "198.51.100.0/24" }, true },
        { new AlertQuery { Subject = "198.51.101.0/24" }, false },
        { new AlertQuery { AtLeast = Severity.High }, false },
        { new AlertQuery { Open = true }, true },
        { new AlertQuery { Open = false }, false },
        { new AlertQuery { Text = "TCP/23 scans" }, true },
        { new AlertQuery { Text = "tcp/24" }, false },
        { new AlertQuery { Sensor = "other" }, false },
        { new AlertQuery { To = DateTimeOffset.UnixEpoch.AddDays(1) }, false },
        { new AlertQuery { From = DateTimeOffset.UnixEpoch.AddDays(1) }, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_follower_sees_what_the_query_means(AlertQuery query, bool expected) =>
        Assert.Equal(expected, AlertFilter.Matches(query, Scan));
}
