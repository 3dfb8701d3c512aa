using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Reflections;

/// <summary>Attackers among scanners, resolvers and clocks, all invented, with the packets that a sensor keeps as samples.</summary>
public sealed class ReflectionPrecisionTests
{
    private const long Hour = 3_600_000;
    private const int Reflectors = 64;
    private static readonly ushort[] Abused = [53, 123, 161, 389, 1900, 11211, 19, 3702];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_told_is_nearly_always_an_attack_and_no_attack_is_missed(int seed)
    {
        var random = new Random(seed);
        var (packets, asks, attacks) = (new List<DarkPacket>(), new Dictionary<Address, Func<int, ushort, byte[]>>(), new Dictionary<Address, int>());
        for (var n = 0; n < 150; n++)
            AddAttack(random, Name(n), packets, asks, attacks);

        for (var n = 0; n < 250; n++)
            AddScanner(random, Name(1_000 + n), packets, asks);

        for (var n = 0; n < 150; n++)
            AddResolver(random, Name(2_000 + n), packets, asks);

        for (var n = 0; n < 100; n++)
            AddClock(random, Name(3_000 + n), packets, asks);

        var found = Run(packets, asks);
        var told = found.Select(attack => attack.Victim.First).Distinct().ToList();
        var right = told.Count(attacks.ContainsKey);
        var early = found.Where(attack => !attack.Confirmed).Select(attack => attack.Victim.First).Distinct().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"told {told.Count}, right {right}; early {early.Count}, right {early.Count(attacks.ContainsKey)}");
        Assert.All(found, attack => Assert.Equal(32, attack.Victim.Length));
        Assert.True(right >= 0.95 * told.Count, $"{right} of {told.Count} told are attacks; not: {string.Join(' ', told.Where(one => !attacks.ContainsKey(one)).Take(10))}");
        Assert.True(early.Count(attacks.ContainsKey) >= 0.95 * early.Count);
        var confirmed = found.Where(attack => attack.Confirmed).Select(attack => attack.Victim.First).ToHashSet();
        Assert.DoesNotContain(attacks, attack => attack.Value >= 100 && !confirmed.Contains(attack.Key));
    }

    // Each in a network of its own.
    private static Address Name(int number) => Address.FromV4(0x0B000000 + ((uint)number << 8) + (uint)(number % 200) + 1);

    private static void AddAttack(
        Random random, Address victim, List<DarkPacket> packets, Dictionary<Address, Func<int, ushort, byte[]>> asks, Dictionary<Address, int> attacks)
    {
        var perSecond = Math.Pow(10, random.NextDouble() * 2.3);
        var services = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Abused[random.Next(Abused.Length)]).Distinct().ToArray();
        var count = random.Next(30, 1_200) * services.Length;
        var known = random.Next(1, 9);
        var isOnePort = random.Next(3) > 0;
        var start = random.NextInt64(2 * Hour);
        for (var n = 0; n < count; n++)
            packets.Add(Packet(victim, start + (long)(n * 1000 / perSecond), services[n % services.Length], n / services.Length % known, isOnePort ? 80 : random.Next(1024, 65_536)));

        attacks[victim] = services.Length == 0 ? 0 : count / services.Length;
        asks[victim] = (_, service) => Ask(service, 255, "example.org");
    }

    // Breadth over services, or over reflectors; each asked once or twice.
    private static void AddScanner(Random random, Address scanner, List<DarkPacket> packets, Dictionary<Address, Func<int, ushort, byte[]>> asks)
    {
        var services = Abused.Take(random.Next(1, Abused.Length + 1)).ToArray();
        var (each, every) = (random.Next(1, 3), random.Next(10, 2_000));
        var start = random.NextInt64(2 * Hour);
        var n = 0;
        foreach (var service in services)
        {
            for (var reflector = 0; reflector < Reflectors; reflector++)
            {
                for (var again = 0; again < each; again++)
                    packets.Add(Packet(scanner, start + (n++ * every), service, reflector, 40_000));
            }
        }

        asks[scanner] = (_, service) => Ask(service, 255, "example.org");
    }

    private static void AddResolver(Random random, Address resolver, List<DarkPacket> packets, Dictionary<Address, Func<int, ushort, byte[]>> asks)
    {
        var at = random.NextInt64(2 * Hour);
        var reflector = random.Next(Reflectors);
        for (var n = random.Next(5, 400); n > 0; n--)
            packets.Add(Packet(resolver, at += random.Next(1, 4_000), 53, reflector, random.Next(1024, 65_536)));

        asks[resolver] = (number, service) => Ask(service, (ushort)(random.Next(2) == 0 ? 1 : 28), $"host{number}.example{number % 7}.net");
    }

    private static void AddClock(Random random, Address clock, List<DarkPacket> packets, Dictionary<Address, Func<int, ushort, byte[]>> asks)
    {
        var at = random.NextInt64(Hour);
        var (reflector, every) = (random.Next(Reflectors), 16_000 << random.Next(4));
        for (; at < 3 * Hour; at += every)
            packets.Add(Packet(clock, at, 123, reflector, 123));

        asks[clock] = (_, _) => [0x23, .. new byte[47]];
    }

    private static byte[] Ask(ushort service, ushort type, string name) => service switch
    {
        53 => [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0, (byte)(type >> 8), (byte)type, 0, 1],
        123 => [0x17, 0, 3, 42, 0, 0, 0, 0],
        161 => Convert.FromHexString("302602010104067075626C6963A51902047B2C3D4E02010002027D00300B300906052B060102010500"),
        _ => [0, 1, 0, 0, 0, 1, 0, 0, .. "stats\r\n"u8],
    };

    private static DarkPacket Packet(Address source, long millis, ushort service, int reflector, int sourcePort) => new()
    {
        Millis = Traffic.Start + millis,
        Source = source,
        Destination = Traffic.DarkV4(reflector),
        Protocol = 17,
        SourcePort = (ushort)sourcePort,
        DestinationPort = service,
    };

    private static List<ReflectorAttackFinding> Run(List<DarkPacket> packets, Dictionary<Address, Func<int, ushort, byte[]>> asks)
    {
        var analyzer = AnalyzerSet.CreateForReflectors(Traffic.Options, 2);
        var (findings, seen) = (new List<Finding>(), new Dictionary<Address, int>());
        foreach (var (batches, watermark) in new SensorDouble(1, 2, 300, 400).Deliver([.. packets.OrderBy(packet => packet.Millis)], []))
        {
            foreach (var batch in batches)
            {
                batch.Samples = [.. Samples(batch.V4, asks, seen)];
                analyzer.Observe(batch);
            }

            analyzer.Advance(watermark, findings);
        }

        analyzer.Finish(findings);
        return [.. findings.OfType<ReflectorAttackFinding>()];
    }

    // As the sensor keeps them: the 2nd, 3rd, 4th, 16th, 32nd...
    private static IEnumerable<PacketSample> Samples(FlowTuples<uint> rows, Dictionary<Address, Func<int, ushort, byte[]>> asks, Dictionary<Address, int> seen)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var source = Address.FromV4(rows.Source[row]);
            for (var packet = 0u; packet < rows.Packets[row]; packet++)
            {
                var number = seen[source] = seen.GetValueOrDefault(source) + 1;
                if (number is 2 or 3 or 4 || (number >= 16 && BitOperations.IsPow2(number)))
                    yield return Sample(source, rows, row, asks[source](number, rows.DestinationPort[row]));
            }
        }
    }

    private static PacketSample Sample(Address source, FlowTuples<uint> rows, int row, byte[] payload)
    {
        byte[] bytes = [0x45, 0, 0, (byte)(28 + payload.Length), 0, 1, 0, 0, 50, 17, 0, 0, .. new byte[8], .. new byte[8], .. payload];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), rows.Source[row]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), rows.Destination[row]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(20), rows.SourcePort[row]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(22), rows.DestinationPort[row]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(24), (ushort)(8 + payload.Length));
        return new PacketSample
        {
            TimeMicros = rows.Slot[row] * 1_000_000L,
            Subject = source,
            Source = source,
            Destination = Address.FromV4(rows.Destination[row]),
            Protocol = 17,
            Port = rows.DestinationPort[row],
            Bytes = bytes,
            WireLength = bytes.Length,
        };
    }
}
