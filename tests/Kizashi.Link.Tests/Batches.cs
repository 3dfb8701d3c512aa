using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Link.Frames;

namespace Kizashi.Link.Tests;

/// <summary>Batches with something in every column.</summary>
internal static class Batches
{
    public static SensorHello Hello { get; } = new() { Sensor = "decoy-1", Kind = "reflector", Source = "reflectors on 192.0.2.7", Shards = 2, Dark = [Prefix.Parse("192.0.2.0/24")], Country = "JP" };

    public static ObservationBatch Make(int seed, int rows = 5)
    {
        var random = new Random(seed);
        return new ObservationBatch
        {
            Id = new BatchId(Wide(random)),
            Sensor = Hello.Sensor,
            Shard = random.Next(2),
            Shards = 2,
            FromMillis = random.NextInt64(1L << 42),
            WatermarkMillis = random.NextInt64(1L << 42),
            Simulated = random.Next(2) == 0,
            V4 = Tuples(rows, random, () => (uint)random.NextInt64(1L << 32)),
            V6 = Tuples(rows / 2, random, () => Wide(random)),
            BackscatterV4 = Backscatter(rows / 3, random, () => (uint)random.NextInt64(1L << 32)),
            BackscatterV6 = Backscatter(rows, random, () => Wide(random)),
            Samples = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Sample(random))],
            Health = new SensorHealth { Packets = 1 + random.Next(100), Bytes = random.Next(), Malformed = 3, NotIp = 4, NotDark = 5, Late = 6, Dropped = 7, SamplesDropped = 8, TableOverflow = 9 },
        };
    }

    private static FlowTuples<T> Tuples<T>(int rows, Random random, Func<T> address)
        where T : unmanaged
    {
        var tuples = new FlowTuples<T>(rows + 3) { Count = rows };
        for (var row = 0; row < rows; row++)
        {
            (tuples.Slot[row], tuples.Source[row], tuples.Destination[row]) = ((uint)random.Next() * 10, address(), address());
            (tuples.SourcePort[row], tuples.DestinationPort[row], tuples.Length[row]) = (Small(random), Small(random), Small(random));
            (tuples.Protocol[row], tuples.Ttl[row], tuples.TcpFlags[row]) = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            (tuples.SynLength[row], tuples.SynWindow[row], tuples.Marks[row]) = (Small(random), Small(random), (PacketMarks)Small(random));
            (tuples.Packets[row], tuples.First[row], tuples.Last[row]) = ((uint)random.Next(), Small(random), Small(random));
        }

        return tuples;
    }

    private static Backscatter<T> Backscatter<T>(int rows, Random random, Func<T> address)
        where T : unmanaged
    {
        var back = new Backscatter<T>(rows + 1) { Count = rows };
        for (var row = 0; row < rows; row++)
        {
            (back.Slot[row], back.Victim[row], back.Protocol[row], back.Reasons[row]) = ((uint)random.Next() * 10, address(), (byte)random.Next(256), (BackscatterReason)random.Next(4));
            (back.VictimPort[row], back.Packets[row], back.Bytes[row], back.Mismatches[row]) = (Small(random), (uint)random.Next(), (ulong)random.NextInt64(), (uint)random.Next());
            (back.DarkAddresses[row], back.VictimPorts[row]) = (new DistinctSketch((ulong)random.NextInt64(), 5), new DistinctSketch(6, (ulong)random.NextInt64()));
            (back.First[row], back.Last[row]) = (Small(random), Small(random));
        }

        return back;
    }

    private static PacketSample Sample(Random random)
    {
        var bytes = new byte[random.Next(256)];
        random.NextBytes(bytes);
        return new PacketSample
        {
            TimeMicros = random.NextInt64(1L << 50),
            Subject = Address.FromV4((uint)random.Next()),
            Source = Address.FromV6(Wide(random)),
            Destination = Address.FromV4((uint)random.Next()),
            Protocol = 17,
            Port = Small(random),
            WireLength = random.Next(1500),
            Bytes = bytes,
        };
    }

    private static ushort Small(Random random) => (ushort)random.Next(65_536);

    private static UInt128 Wide(Random random) => new((ulong)random.NextInt64(), (ulong)random.NextInt64());
}
