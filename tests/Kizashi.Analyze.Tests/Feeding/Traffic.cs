using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Feeding;

/// <summary>Makes packets for tests.</summary>
internal static class Traffic
{
    /// <summary>2026-11-23 07:00:00 UTC, which begins a slot and a minute.</summary>
    public const long Start = 1_795_417_200_000;

    public static readonly PrefixSet Dark =
        new([Prefix.Parse("192.0.2.0/24"), Prefix.Parse("198.51.100.0/24"), Prefix.Parse("2001:db8:dead::/48")]);

    public static readonly AnalyzeOptions Options = new() { Dark = Dark };

    public const long DarkAddresses = 512;

    public static Address Source(int number) => Address.FromV4(0x0A000000u + (uint)number);

    public static Address SourceV6(int number) => Address.FromV6(((UInt128)0x20010DB800000000 << 64) + (UInt128)number);

    public static Address DarkV4(int number) =>
        Address.FromV4((number & 256) == 0 ? 0xC0000200u + (uint)(number & 255) : 0xC6336400u + (uint)(number & 255));

    public static Address DarkV6(int number) => Address.FromV6(((UInt128)0x20010DB8DEAD0000 << 64) + (UInt128)number);

    public static DarkPacket Syn(int source, int destination, long millis, ushort port = 23) => new()
    {
        Millis = Start + millis,
        Source = Source(source),
        Destination = DarkV4(destination),
        DestinationPort = port,
        TcpFlags = 2,
    };

    public static DarkPacket SynV6(int source, int destination, long millis, ushort port = 23) => new()
    {
        Millis = Start + millis,
        Source = SourceV6(source),
        Destination = DarkV6(destination),
        DestinationPort = port,
        TcpFlags = 2,
    };

    public static AnswerPacket Answer(int victim, long millis) =>
        new() { Millis = Start + millis, Victim = Source(victim) };

    /// <summary>Packets to so many destinations, spread evenly from the first to the last time.</summary>
    public static IEnumerable<DarkPacket> Sweep(int destinations, long fromMillis, long toMillis, Func<int, long,
        DarkPacket> packet) =>
        Enumerable.Range(0, destinations).Select(number => packet(
            number, destinations == 1 ? fromMillis
                : fromMillis + ((toMillis - fromMillis) * number / (destinations - 1))));

    /// <summary>
    /// Random traffic on and around all thresholds: few sources, bursts and silences near the bounds of idleness.
    /// </summary>
    public static IReadOnlyList<DarkPacket> Random(int seed, int packets)
    {
        var random = new Random(seed);
        var list = new List<DarkPacket>(packets);
        long[] pauses =
            [0, 1, 900, 1000, 9_999, 10_000, 60_000, 479_999, 480_000, 480_001, 500_000, 623_999, 624_000, 624_001,
            700_000];
        long[] longPauses = [3_599_999, 3_600_000, 3_600_001, 7_200_000];
        while (list.Count < packets)
        {
            var isV6 = random.Next(4) == 0;
            var number = random.Next(12);
            var (protocol, flags, icmp) = Kind(random, isV6);
            var port = (ushort)(protocol is 6 or 17 ? 20 + random.Next(3) : 0);
            var time = (long)random.Next(0, 40_000_000);
            var bursts = random.Next(1, 6);
            var spread = random.Next(1, 220);
            for (var burst = 0; burst < bursts; burst++)
            {
                for (var count = random.Next(1, 40); count > 0; count--)
                {
                    list.Add(new DarkPacket
                    {
                        Millis = Start + time,
                        Source = isV6 ? SourceV6(number) : Source(number),
                        Destination = isV6 ? DarkV6(random.Next(spread)) : DarkV4(random.Next(spread)),
                        Protocol = protocol,
                        SourcePort = protocol is 1 or 58 ? icmp : (ushort)random.Next(40_000, 40_004),
                        DestinationPort = port,
                        TcpFlags = flags,
                        Marks = random.Next(8) == 0 ? (PacketMarks)(1 << random.Next(0, 8)) : PacketMarks.None,
                    });
                    time += random.Next(3) == 0 ? 0 : random.Next(1, 3000);
                }

                time += isV6 && random.Next(2) == 0 ? longPauses[random.Next(longPauses.Length)]
                    : pauses[random.Next(pauses.Length)];
            }
        }

        return list;
    }

    private static (byte Protocol, byte Flags, ushort Icmp) Kind(Random random, bool isV6) => random.Next(10) switch
    {
        < 5 => (6, 2, 0),
        5 => (6, (byte)random.Next(64), 0),
        6 => (17, 0, 0),
        7 => isV6 ? ((byte)58, (byte)0, (ushort)128) : ((byte)1, (byte)0, (ushort)8),
        8 => isV6 ? ((byte)58, (byte)0, (ushort)random.Next(140)) : ((byte)1, (byte)0, (ushort)random.Next(20)),
        _ => (47, 0, 0),
    };
}
