using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Cooperation;

/// <summary>Traffic of many networks, for the tests of outbreaks.</summary>
internal static class Crowd
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;

    /// <summary>Hosts of so many /16 networks, each sending packets to a port at random times of a span.</summary>
    public static IEnumerable<DarkPacket> Of(
        int networks, (long From, long To) span, double packetsPerHour, ushort port = 445, int seed = 1)
    {
        var random = new Random(seed);
        for (var network = 0; network < networks; network++)
        {
            var count = (int)Math.Round((span.To - span.From) / (double)Hour * packetsPerHour);
            for (var packet = 0; packet < count; packet++)
            {
                yield return new DarkPacket
                {
                    Millis = Traffic.Start + span.From + random.NextInt64(span.To - span.From),
                    Source = SourceOf(network, seed),
                    Destination = Traffic.DarkV4(random.Next(512)),
                    DestinationPort = port,
                    TcpFlags = 2,
                };
            }
        }
    }

    /// <summary>What always goes on: 40 networks on tcp/445, 12 packets an hour each.</summary>
    public static IEnumerable<DarkPacket> Usual(long until) => Of(40, (0, until), 12);

    public static Address SourceOf(int network, int seed) =>
        Address.FromV4((uint)(((20 + (seed * 1000) + network) << 16) | 7));

    public static IEnumerable<DarkPacket> WithMarks(this IEnumerable<DarkPacket> packets, PacketMarks marks) =>
        packets.Select(packet => packet with { Marks = marks });
}
