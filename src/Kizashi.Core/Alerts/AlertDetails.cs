namespace Kizashi.Core.Alerts;

/// <summary>The keys of <see cref="Alert.Details"/>. docs/events.md says what each means and which kind has which.</summary>
public static class AlertDetails
{
    /// <summary>Names such as tcp, udp, icmp.</summary>
    public const string Protocols = "protocols";

    /// <summary>Protocol and port, such as tcp/23; at most 256.</summary>
    public const string Ports = "ports";

    /// <summary>True when <see cref="Ports"/> had no room for more.</summary>
    public const string PortsMore = "portsMore";

    public const string PortCount = "portCount";
    public const string TrafficTypes = "trafficTypes";
    public const string Packets = "packets";

    /// <summary>Some events were given up, so that sums are lower bounds.</summary>
    public const string PacketsAtLeast = "packetsAtLeast";

    public const string Bytes = "bytes";
    public const string Destinations = "destinations";
    public const string DestinationsAtLeast = "destinationsAtLeast";
    public const string InternetWideRate = "internetWideRate";
    public const string Coverage = "coverage";
    public const string Durumeric = "durumeric";
    public const string Tools = "tools";
    public const string KnownScanner = "knownScanner";
    public const string MaxPpm = "maxPpm";
    public const string DarkAddresses = "darkAddresses";
    public const string Reasons = "reasons";
    public const string Mismatches = "mismatches";
    public const string ByCoverage = "byCoverage";
    public const string ByPackets = "byPackets";
    public const string ByPorts = "byPorts";
    public const string Day = "day";
    public const string Reason = "reason";
    public const string Lost = "lost";
    public const string Hosts = "hosts";
    public const string Groups = "groups";

    /// <summary>What a group of sources is: /16, /24 or as.</summary>
    public const string Grouping = "grouping";

    public const string Engines = "engines";

    /// <summary>What the packets look like.</summary>
    public const string Shapes = "shapes";

    /// <summary>What limits the judgement: gap, loss, clock-step...</summary>
    public const string Conditions = "conditions";

    /// <summary>Bytes that an attacker wanted to be sent to the victim, estimated.</summary>
    public const string WantedBytes = "wantedBytes";

    /// <summary>Packets a second now; the newest that was said.</summary>
    public const string Rate = "rate";

    /// <summary>Most packets a second, over ten seconds.</summary>
    public const string MaxPps = "maxPps";

    /// <summary>What requests ask for, such as "ANY example.org".</summary>
    public const string Commands = "commands";

    /// <summary>How requests are made.</summary>
    public const string Hints = "hints";

    /// <summary>The same for attacks made alike.</summary>
    public const string Fingerprint = "fingerprint";

    /// <summary>What a series counts: sources, packets, events...</summary>
    public const string Count = "count";

    /// <summary>When it is to have come.</summary>
    public const string Until = "until";

    public const string Probability = "probability";

    /// <summary>Times the usual from which on it is a surge.</summary>
    public const string Threshold = "threshold";

    /// <summary>Most times the usual that are expected.</summary>
    public const string Factor = "factor";

    public const string FactorLower = "factorLower";
    public const string FactorUpper = "factorUpper";

    /// <summary>Hours ahead at which it is expected.</summary>
    public const string ExpectedIn = "expectedIn";

    /// <summary>What such an hour usually counts.</summary>
    public const string Usual = "usual";

    /// <summary>What the latest hour counts.</summary>
    public const string Now = "now";

    /// <summary>Hours in which what grows doubles.</summary>
    public const string Doubling = "doubling";

    /// <summary>open, came, stayed-away or unknown.</summary>
    public const string Outcome = "outcome";

    /// <summary>Hours between the announcement and the surge.</summary>
    public const string Lead = "lead";

    public const string Countries = "countries";

    /// <summary>Origin AS numbers of sources, such as AS64500.</summary>
    public const string Networks = "networks";

    /// <summary>Some addresses of those that take part.</summary>
    public const string Sources = "sources";

    /// <summary>Some of the attacked addresses of a network.</summary>
    public const string Victims = "victims";

    /// <summary>Objects: engine, sensor, score, at, condition.</summary>
    public const string Votes = "votes";

    /// <summary>Objects: at, sensor, hosts, groups, packets.</summary>
    public const string Growth = "growth";

    /// <summary>Objects: port, sensor, packets, bytes.</summary>
    public const string Vectors = "vectors";

    /// <summary>Objects: from, to, weight.</summary>
    public const string Edges = "edges";

    /// <summary>What each event gave to the sums, so that its growth is not counted twice; at most 256.</summary>
    public const string Events = "events";

    /// <summary>Sums of the events no longer listed in <see cref="Events"/>, and how many they are.</summary>
    public const string Earlier = "earlier";
}
