using System.Globalization;
using Kizashi.Analyze.Scans;
using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.OwnHosts;

/// <summary>One own host while it touches the darknet.</summary>
internal sealed class OwnHost
{
    private const int MostPorts = 4096;
    private const int ListedPorts = 16;

    private readonly HashSet<UInt128> _destinations = [];
    private readonly Dictionary<int, long> _ports = [];
    private BatchTrail _batches;
    private int _batchCount;
    private int _batchOrdinal = -1;
    private ushort _tools;
    private bool _destinationsExact = true;

    public OwnHost(UInt128 host, bool answers)
    {
        Host = host;
        Answers = answers;
    }

    public UInt128 Host { get; }

    public bool Answers { get; }

    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; }

    public long Packets { get; private set; }

    public long NextReportPackets { get; private set; }

    public long NextReportMillis { get; private set; }

    public bool IsWorthTelling => Packets >= NextReportPackets || Last >= NextReportMillis;

    public void Add(in OwnRow row, int mostDestinations)
    {
        First = Math.Min(First, row.First);
        Last = Math.Max(Last, row.Last);
        Packets += row.Packets;
        _tools = ToolNames.Add(_tools, row.Marks, row.Packets);
        if (_destinations.Count < mostDestinations)
            _destinations.Add(row.Destination);
        else if (!_destinations.Contains(row.Destination))
            _destinationsExact = false;

        var port = (row.Protocol << 16) | row.Port;
        if (_ports.Count < MostPorts || _ports.ContainsKey(port))
            _ports[port] = _ports.GetValueOrDefault(port) + row.Packets;
    }

    public void Trail(UInt128 batch, int ordinal)
    {
        if (_batchOrdinal == ordinal)
            return;

        _batchOrdinal = ordinal;
        _batches.Add(batch, _batchCount++);
    }

    public void Told(OwnHostOptions options)
    {
        NextReportPackets = Math.Max(Packets + 1, (long)Math.Ceiling(Packets * options.ReportGrowth));
        NextReportMillis = Last + (1000L * options.ReportSeconds);
    }

    public OwnHostFinding ToFinding(string sensor, bool isSimulated, bool ended) => new()
    {
        EventId = EventIds.Of(sensor, "own-host", Host, Answers ? 1u : 0u, (ulong)First),
        State = ended ? FindingState.Ended : FindingState.Ongoing,
        FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(First),
        LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(Last),
        Sensor = sensor,
        Score = Packets,
        Batches = _batches.ToList(_batchCount),
        Simulated = isSimulated,
        Host = new Address(Host),
        Answers = Answers,
        Packets = Packets,
        Destinations = _destinations.Count,
        DestinationsExact = _destinationsExact,
        Ports = [.. _ports.OrderByDescending(port => port.Value).ThenBy(port => port.Key).Take(ListedPorts)
            .Select(Say)],
        Tools = ToolNames.FromCounts(_tools),
    };

    public void Save(StateWriter writer)
    {
        writer.Write(Host);
        writer.Write(Answers);
        writer.Write(First);
        writer.Write(Last);
        writer.Write(Packets);
        writer.Write(NextReportPackets);
        writer.Write(NextReportMillis);
        writer.Write(_tools);
        writer.Write(_destinationsExact);
        writer.Write(_batchCount);
        writer.WriteSpan<UInt128>(_batches);
        writer.WriteSpan<UInt128>([.. _destinations]);
        writer.WriteSpan<int>([.. _ports.Keys]);
        writer.WriteSpan<long>([.. _ports.Values]);
    }

    public static OwnHost Load(StateReader reader)
    {
        var host = new OwnHost(reader.Read<UInt128>(), reader.Read<bool>())
        {
            First = reader.Read<long>(),
            Last = reader.Read<long>(),
            Packets = reader.Read<long>(),
            NextReportPackets = reader.Read<long>(),
            NextReportMillis = reader.Read<long>(),
            _tools = reader.Read<ushort>(),
            _destinationsExact = reader.Read<bool>(),
            _batchCount = reader.ReadCount(int.MaxValue),
        };
        reader.ReadSpan<UInt128>(BatchTrail.Capacity).CopyTo(host._batches);
        host._destinations.UnionWith(reader.ReadSpan<UInt128>(int.MaxValue));
        var ports = reader.ReadSpan<int>(MostPorts);
        var packets = reader.ReadSpan<long>(MostPorts);
        if (ports.Length != packets.Length)
            throw new InvalidDataException("an own host's ports do not match their counts");

        for (var at = 0; at < ports.Length; at++)
            host._ports[ports[at]] = packets[at];

        return host;
    }

    private static string Say(KeyValuePair<int, long> port)
    {
        var number = (port.Key & 0xFFFF).ToString(CultureInfo.InvariantCulture);
        return (port.Key >> 16) switch
        {
            TrafficTypes.Tcp => "tcp/" + number,
            TrafficTypes.UdpProtocol => "udp/" + number,
            TrafficTypes.Icmp => "icmp/" + number,
            TrafficTypes.IcmpV6 => "icmpv6/" + number,
            var other => other.ToString(CultureInfo.InvariantCulture),
        };
    }
}
