using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;

namespace Kizashi.Warn.Tests.Doubles;

/// <summary>Findings and packets as the tests need them.</summary>
internal static class Given
{
    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public static Address Source { get; } = Address.Parse("198.51.100.7");

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public static ScanFinding Scan(
        string id = "a", long packets = 25, ushort port = 23, double from = 0, double to = 10,
        FindingState state = FindingState.Ongoing, Address? source = null) => new()
        {
            EventId = id,
            State = state,
            FirstSeen = At(from),
            LastSeen = At(to),
            Sensor = "t1",
            Score = 1,
            Source = source ?? Source,
            Protocol = 6,
            Port = port,
            TrafficType = "tcp-syn",
            Packets = packets,
            Destinations = Math.Max(10, packets / 2),
            InternetWideRate = 120.5,
            Coverage = 0.05,
            Batches = ["b1"],
        };

    public static DosVictimFinding Victim(string id = "v", byte protocol = 6, long packets = 100) => new()
    {
        EventId = id,
        State = FindingState.Ongoing,
        FirstSeen = At(0),
        LastSeen = At(90),
        Sensor = "t1",
        Score = 2,
        Victim = Address.Parse("203.0.113.80"),
        Protocol = protocol,
        Packets = packets,
        Bytes = packets * 40,
        MaxPacketsPerMinute = 60,
        DarkAddresses = 50,
        Ports = 1,
        Port = 443,
        Reasons = ["syn-ack"],
    };

    public static ReflectorAttackFinding Reflected(long requests = 150) => new()
    {
        EventId = "r",
        State = FindingState.Ongoing,
        FirstSeen = At(0),
        LastSeen = At(90),
        Sensor = "r1",
        Score = requests / 100.0,
        Victim = Prefix.Parse("203.0.113.81"),
        Members = [Address.Parse("203.0.113.81")],
        Ports = ["udp/53"],
        Vectors = [new ReflectorVector("udp/53", requests, requests * 68)],
        Commands = ["ANY example.org"],
        Hints = ["one-ttl"],
        Fingerprint = "0123456789abcdef",
        PerSecond = 1.5,
        Minutes = [new GrowthPoint(At(60), 0, 0, requests)],
        Requests = requests,
        Bytes = requests * 68,
        MaxPerMinute = requests,
        Reflectors = 2,
        Confirmed = requests >= 100,
    };

    public static OwnHostFinding OwnHost(long destinations = 1) => new()
    {
        EventId = "o",
        State = FindingState.Ongoing,
        FirstSeen = At(0),
        LastSeen = At(5),
        Sensor = "t1",
        Score = 1,
        Host = Address.Parse("10.1.2.3"),
        Packets = destinations * 2,
        Destinations = destinations,
        Ports = ["tcp/445"],
    };

    public static AggressiveScannerFinding Aggressive() => new()
    {
        EventId = "g",
        State = FindingState.Ongoing,
        FirstSeen = At(0),
        LastSeen = At(3600),
        Sensor = "t1",
        Score = 1.5,
        Source = Source,
        ByCoverage = true,
        Packets = 5000,
        Ports = 3,
        Coverage = 0.15,
        Day = new DateOnly(2026, 11, 23),
    };

    public static OutbreakFinding Outbreak(string id = "u", long groups = 25, long packets = 200, double to = 600) => new()
    {
        EventId = id,
        State = FindingState.Ongoing,
        FirstSeen = At(0),
        LastSeen = At(to),
        Sensor = "t1",
        Score = 1,
        Campaign = "tcp/23 2026-11-23",
        Ports = ["tcp/23"],
        Packets = packets,
        Hosts = 60,
        Groups = groups,
        Grouping = "/16",
        Votes = [new EngineVote("baseline", 1.5, At(to))],
        Growth = [new GrowthPoint(At(to), 60, groups, packets)],
        Edges = [new GroupEdge("198.51.0.0/16", "203.0.0.0/16", 0.8)],
        Sources = [Source],
        Shapes = ["syn ttl<=64 options 20 window 14600"],
    };

    public static SensorGapFinding Gap(long lost = 0) => new()
    {
        EventId = "s",
        State = FindingState.Ongoing,
        FirstSeen = At(0),
        LastSeen = At(60),
        Sensor = "t1",
        Score = 1,
        Reason = "No packet for a minute.",
        Lost = lost,
    };

    public static SurgeFinding Surge(SurgeOutcome outcome = SurgeOutcome.Open) => new()
    {
        EventId = "u",
        State = outcome == SurgeOutcome.Open ? FindingState.Ongoing : FindingState.Ended,
        FirstSeen = At(0),
        LastSeen = At(outcome == SurgeOutcome.Open ? 0 : 7 * 3600),
        Sensor = "center",
        Score = 1.4,
        Series = "port/tcp/5555",
        Count = "sources",
        Announced = At(0),
        Until = At(86_400),
        Probability = 0.72,
        Threshold = 4,
        Factor = 8.2,
        FactorLower = 3,
        FactorUpper = 15,
        ExpectedIn = 9,
        Usual = 120,
        Now = 190,
        Doubling = 4,
        Outcome = outcome,
        Came = outcome == SurgeOutcome.Came ? At(6 * 3600) : null,
    };

    public static ReflectorAttackFinding NetworkAttack(IReadOnlyList<Address> members) => Reflected() with
    {
        Victim = new Prefix(members[0], 24),
        Victims = members.Count,
        Members = members,
        Ports = ["udp/53"],
    };

    public static PacketSample Packet(double at, Address? subject = null, ushort port = 23, byte protocol = 6) => new()
    {
        TimeMicros = At(at).ToUnixTimeMilliseconds() * 1000,
        Subject = subject ?? Source,
        Source = subject ?? Source,
        Destination = Address.Parse("192.0.2.1"),
        Protocol = protocol,
        Port = port,
        Bytes = [0x45, .. new byte[39]],
        WireLength = 40,
    };
}
