using Kizashi.Core.Observations;

namespace Kizashi.Bench.Store;

/// <summary>Invented FlowTuples at one packet each: sources and ports with heavy tails, as darknets see them.</summary>
internal sealed class BenchTraffic
{
    public const int BatchRows = 1 << 17;
    private const int Templates = 8;
    private const int Sources = 1_500_000;

    private readonly FlowTuples<uint>[] _templates;
    private readonly int _shard;

    public BenchTraffic(int shard, int sources)
    {
        _shard = shard;
        var random = new Random(100 + shard);
        ushort[] popular = [23, 2323, 22, 80, 443, 8080, 3389, 445, 5555, 6379, 8443, 1433, 81, 5060, 3306, 25565];
        _templates = [.. Enumerable.Range(0, Templates).Select(_ => Template(random, sources, popular))];
    }

    /// <summary>Traffic of this many shards.</summary>
    public static BenchTraffic[] Shards(int shards) =>
        [.. Enumerable.Range(0, shards).Select(shard => new BenchTraffic(shard, Sources))];

    /// <summary>
    /// The next batch; its rows fill this many seconds from the start on. The columns are used again by the next call
    /// but seven.
    /// </summary>
    public ObservationBatch Batch(int number, long startSeconds, int seconds)
    {
        var rows = _templates[number % Templates];
        for (var row = 0; row < rows.Count; row++)
            rows.Slot[row] = (uint)((startSeconds + ((long)row * seconds / rows.Count)) / 10 * 10);

        return new ObservationBatch
        {
            Id = BatchId.From((UInt128)startSeconds, number, _shard),
            Sensor = "bench",
            Shard = _shard,
            Shards = 2,
            FromMillis = startSeconds * 1000,
            WatermarkMillis = (startSeconds + seconds) * 1000,
            Simulated = true,
            V4 = rows,
            Health = new SensorHealth { Packets = rows.Count },
        };
    }

    /// <summary>The source of a rank in the heavy tail.</summary>
    public static uint Source(uint rank) => (rank + 1) * 2654435761u;

    private static FlowTuples<uint> Template(Random random, int sources, ushort[] popular)
    {
        var rows = new FlowTuples<uint>(BatchRows) { Count = BatchRows };
        for (var row = 0; row < BatchRows; row++)
        {
            // Half of the packets come from a few busy scanners, half from anywhere.
            var rank = random.Next(2) == 0 ? random.Next(1 + random.Next(2000)) : random.Next(sources);
            rows.Source[row] = Source((uint)rank);
            rows.Destination[row] = 0x2C000000u | (uint)random.Next(1 << 22);
            rows.Protocol[row] = random.Next(10) switch { 0 => 17, 1 => 1, _ => 6 };
            rows.SourcePort[row] = (ushort)random.Next(1024, 65536);
            rows.DestinationPort[row] = random.Next(4) == 0 ? (ushort)random.Next(65536) : popular[random.Next(1 + random.Next(16))];
            if (rows.Protocol[row] == 1)
            {
                // Nearly all ICMP at darknets asks for an echo.
                rows.SourcePort[row] = (ushort)(random.Next(50) == 0 ? random.Next(19) : 8);
                rows.DestinationPort[row] = 0;
            }

            rows.Ttl[row] = (byte)random.Next(30, 250);
            rows.TcpFlags[row] = 2;
            rows.Length[row] = (ushort)(random.Next(3) == 0 ? 60 : 40);
            rows.SynLength[row] = 20;
            rows.SynWindow[row] = (ushort)(random.Next(2) == 0 ? 1024 : random.Next(65536));
            rows.Marks[row] = random.Next(5) == 0 ? PacketMarks.Mirai : PacketMarks.None;
            rows.Packets[row] = 1;
            rows.First[row] = (ushort)random.Next(10_000);
            rows.Last[row] = rows.First[row];
        }

        return rows;
    }
}
