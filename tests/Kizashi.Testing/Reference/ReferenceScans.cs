using System.Numerics;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Testing.Reference;

/// <summary>
/// Merit's definition of a scan, the slow and obvious way: sort all packets, cut at silences, count sets.
/// </summary>
public static class ReferenceScans
{
    private static readonly (PacketMarks Mark, string Name)[] Tools =
    [
        (PacketMarks.ZMap, "zmap"), (PacketMarks.Masscan, "masscan"), (PacketMarks.Mirai, "mirai"),
        (PacketMarks.Unicornscan, "unicornscan"), (PacketMarks.Nmap, "nmap"), (PacketMarks.Hajime, "hajime"),
        (PacketMarks.LargeScale, "large-scale"),
    ];

    public static IReadOnlyList<ReferenceScan> Find(
        IEnumerable<DarkPacket> packets, long darkAddresses, ReferenceThresholds? thresholds = null)
    {
        thresholds ??= new ReferenceThresholds();
        var scans = new List<ReferenceScan>();
        foreach (var key in packets.Where(packet => !IsAnswer(packet)).GroupBy(Key))
        {
            var idle = 1000L * (key.Key.Source.IsV4 ? thresholds.IdleSeconds : thresholds.IdleSecondsV6);
            foreach (var packetsOfEvent in Cut(key, idle))
            {
                if (IsScan(packetsOfEvent, darkAddresses, thresholds))
                    scans.Add(Describe(packetsOfEvent, darkAddresses, thresholds));
            }
        }

        return [.. scans.OrderBy(scan => scan.Source).ThenBy(scan => scan.Port).ThenBy(scan => scan.FirstMillis)];
    }

    /// <summary>Parts of a list in time order that no silence longer than the bound interrupts.</summary>
    public static IEnumerable<IReadOnlyList<DarkPacket>> Cut(IEnumerable<DarkPacket> packets, long idleMillis)
    {
        var part = new List<DarkPacket>();
        foreach (var packet in packets.OrderBy(packet => packet.Millis))
        {
            if (part.Count > 0 && packet.Millis - part[^1].Millis > idleMillis)
            {
                yield return part;
                part = [];
            }

            part.Add(packet);
        }

        if (part.Count > 0)
            yield return part;
    }

    public static bool IsAnswer(DarkPacket packet)
    {
        if ((packet.Marks & PacketMarks.Backscatter) != 0)
            return true;

        if (packet.Protocol == 6)
            return (packet.TcpFlags & 4) != 0 || (packet.TcpFlags & 18) == 18;

        if (packet.Protocol == 1)
            return packet.SourcePort is 0 or 3 or 4 or 5 or 11 or 12 or 14 or 16 or 18;

        return packet.Protocol == 58 && packet.SourcePort is 1 or 2 or 3 or 4 or 129 or 137;
    }

    private static bool IsScan(IReadOnlyList<DarkPacket> packets, long darkAddresses, ReferenceThresholds thresholds)
    {
        if (Distinct(packets) < thresholds.MinDestinations)
            return false;

        return !packets[0].Source.IsV4 || HasRate(packets, darkAddresses, thresholds.MinRate);
    }

    private static bool IsDurumeric(IReadOnlyList<DarkPacket> packets, long darkAddresses,
        ReferenceThresholds thresholds) =>
        packets[0].Source.IsV4
        && Cut(packets, 1000L * thresholds.DurumericIdleSeconds).Any(run =>
            Distinct(run) >= thresholds.DurumericDestinations && HasRate(run, darkAddresses, thresholds.DurumericRate));

    private static bool HasRate(IReadOnlyList<DarkPacket> packets, long darkAddresses, int rate)
    {
        var millis = Math.Max(1000, packets[^1].Millis - packets[0].Millis);
        return BigInteger.Multiply(packets.Count, BigInteger.Pow(2, 32)) * 1000
            >= BigInteger.Multiply(rate, darkAddresses) * millis;
    }

    private static int Distinct(IEnumerable<DarkPacket> packets) =>
        packets.Select(packet => packet.Destination).Distinct().Count();

    private static ReferenceScan Describe(
        IReadOnlyList<DarkPacket> packets, long darkAddresses, ReferenceThresholds thresholds)
    {
        var tools = Tools.Where(tool => packets.Count(packet => (packet.Marks & tool.Mark) != 0) >= 2);
        var (source, protocol, port, type) = Key(packets[0]);
        return new ReferenceScan(
            source,
            protocol,
            type == 17 ? (ushort)0 : port,
            packets[0].Millis,
            packets[^1].Millis,
            packets.Count,
            Distinct(packets),
            IsDurumeric(packets, darkAddresses, thresholds),
            string.Join(',', tools.Select(tool => tool.Name)));
    }

    private static (Address Source, byte Protocol, ushort Port, int Type) Key(DarkPacket packet)
    {
        var type = Type(packet);
        var port = packet.Protocol is 6 or 17 ? packet.DestinationPort : (ushort)0;
        return (packet.Source, packet.Protocol, port, type);
    }

    // The numbers of Merit-Research/darknet-events, for the types that are no answers.
    private static int Type(DarkPacket packet)
    {
        if (packet.Protocol == 17)
            return 16;

        if (packet.Protocol == 6)
            return packet.TcpFlags == 2 ? 11 : packet.TcpFlags == 16 ? 13 : 15;

        if (packet.Protocol == 1)
            return packet.SourcePort == 8 ? 0 : 10;

        if (packet.Protocol == 58)
            return packet.SourcePort == 128 ? 0 : 10;

        return 17;
    }
}
