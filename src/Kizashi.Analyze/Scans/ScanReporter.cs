using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Scans;

/// <summary>Says an event as a finding.</summary>
internal sealed class ScanReporter(ScanJudge judge, string sensor)
{
    /// <summary>A batch of the sensor was made by the simulator.</summary>
    public bool IsSimulated { get; set; }

    public ScanReport Report<TAddress>(in ScanEntry<TAddress> entry, in ScanTrack<TAddress> track, bool ended)
        where TAddress : unmanaged, IEquatable<TAddress>
    {
        var isV4 = typeof(TAddress) == typeof(uint);
        var destinations = track.Destinations.Count;
        var millis = entry.Last - entry.First;
        var source = Addresses.From(entry.Source);
        var runDestinations = track.Is(TrackFlags.HasRun) ? track.Run.Count : destinations;
        var isDurumeric = track.Is(TrackFlags.Durumeric)
            || (isV4 && judge.IsDurumeric(runDestinations, track.RunPackets, entry.Last - entry.RunFirst));
        var finding = new ScanFinding
        {
            EventId = EventIds.Of(sensor, "scan", source.Value, entry.Type, entry.Port, (ulong)entry.First),
            State = ended ? FindingState.Ended : FindingState.Ongoing,
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(entry.First),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(entry.Last),
            Sensor = sensor,
            Score = judge.Score(isV4, destinations, track.Packets, millis),
            Batches = track.Batches.ToList(track.BatchCount),
            Simulated = IsSimulated,
            Source = source,
            Protocol = ProtocolOf(entry.Type, entry.Port, isV4),
            Port = TrafficTypes.HasPorts(entry.Type) ? entry.Port : (ushort)0,
            TrafficType = TrafficTypes.NameOf(entry.Type, entry.TcpFlags, entry.MixedFlags),
            Packets = track.Packets,
            Destinations = destinations,
            DestinationsExact = track.Destinations.IsExact,
            InternetWideRate = judge.InternetWideRate(isV4, track.Packets, millis),
            Coverage = judge.Coverage(isV4, destinations),
            IsDurumeric = isDurumeric,
            Tools = ToolNames.FromCounts(entry.Tools),
        };
        return new ScanReport(finding, isV4
            && destinations >= judge.CoveringDestinations, TrafficTypes.HasPorts(entry.Type));
    }

    // Traffic of other protocols has the protocol's number where others have the port.
    private static byte ProtocolOf(byte type, ushort port, bool isV4) => (TrafficType)type switch
    {
        TrafficType.Unknown => (byte)port,
        TrafficType.Udp => TrafficTypes.UdpProtocol,
        >= TrafficType.TcpSyn and <= TrafficType.TcpOther => TrafficTypes.Tcp,
        _ => isV4 ? TrafficTypes.Icmp : TrafficTypes.IcmpV6,
    };
}
