using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Store.Tests.Embedded;

/// <summary>Invented batches, the same for the same seed.</summary>
internal static class Batches
{
    public const string Sensor = "telescope";

    public static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();

    /// <summary>Batches of both families, backscatter and samples within some minutes from a time on.</summary>
    public static List<ObservationBatch> Random(
        int seed, int count, int rows, DateTimeOffset from, int minutes, string sensor = Sensor)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => One(random, (seed, number), rows, from, minutes, sensor))];
    }

    public static ObservationBatch Empty(int number, long fromMillis, long watermarkMillis, string sensor = Sensor) => new()
    {
        Id = BatchId.From(7777, number, 0),
        Sensor = sensor,
        Shard = 0,
        Shards = 1,
        FromMillis = fromMillis,
        WatermarkMillis = watermarkMillis,
    };

    public static void Add(FlowTuples<uint> rows, long slot, uint source, ushort port, uint packets, byte protocol = 6)
    {
        var row = rows.Count;
        rows.EnsureCapacity(row + 1);
        rows.Slot[row] = (uint)(slot / 10 * 10);
        rows.Source[row] = source;
        rows.Destination[row] = 0xC0000200 + (uint)(row & 255);
        rows.SourcePort[row] = (ushort)(protocol == 1 ? 8 : 40000 + (row % 1000));
        rows.DestinationPort[row] = port;
        rows.Protocol[row] = protocol;
        rows.Ttl[row] = 57;
        rows.TcpFlags[row] = 2;
        rows.Length[row] = 40;
        rows.SynWindow[row] = 1024;
        rows.Marks[row] = (source & 1) == 0 ? PacketMarks.ZMap : PacketMarks.Mirai;
        rows.Packets[row] = packets;
        rows.First[row] = 17;
        rows.Last[row] = 9000;
        rows.Count++;
    }

    public static IEnumerable<string> Describe(ObservationBatch batch)
    {
        yield return $"{batch.Id} {batch.Sensor} {batch.Shard}/{batch.Shards} {batch.FromMillis} {batch.WatermarkMillis} {batch.Simulated} {batch.Health}";
        foreach (var line in Describe(batch.V4).Concat(Describe(batch.V6)))
            yield return line;

        foreach (var line in Describe(batch.BackscatterV4).Concat(Describe(batch.BackscatterV6)))
            yield return line;

        foreach (var sample in batch.Samples)
            yield return $"{sample with { Bytes = [] }} {Convert.ToHexString(sample.Bytes)}";
    }

    private static IEnumerable<string> Describe<T>(FlowTuples<T> rows)
        where T : unmanaged => Enumerable.Range(0, rows.Count).Select(row =>
            $"{rows.Slot[row]} {rows.Source[row]} {rows.Destination[row]} {rows.SourcePort[row]} {rows.DestinationPort[row]} "
            + $"{rows.Protocol[row]} {rows.Ttl[row]} {rows.TcpFlags[row]} {rows.Length[row]} {rows.SynLength[row]} "
            + $"{rows.SynWindow[row]} {rows.Marks[row]} {rows.Packets[row]} {rows.First[row]} {rows.Last[row]}");

    private static IEnumerable<string> Describe<T>(Backscatter<T> rows)
        where T : unmanaged => Enumerable.Range(0, rows.Count).Select(row =>
            $"{rows.Slot[row]} {rows.Victim[row]} {rows.Protocol[row]} {rows.Reasons[row]} {rows.VictimPort[row]} "
            + $"{rows.Packets[row]} {rows.Bytes[row]} {rows.Mismatches[row]} {rows.DarkAddresses[row]} {rows.VictimPorts[row]} "
            + $"{rows.First[row]} {rows.Last[row]}");

    private static ObservationBatch One(
        Random random, (int Seed, int Number) id, int rows, DateTimeOffset from, int minutes, string sensor)
    {
        var start = Seconds(from);
        var batch = new ObservationBatch
        {
            Id = BatchId.From((UInt128)(uint)id.Seed, id.Number, id.Number % 2),
            Sensor = sensor,
            Shard = id.Number % 2,
            Shards = 2,
            FromMillis = start * 1000,
            WatermarkMillis = (start + (minutes * 60)) * 1000,
            Simulated = id.Number % 3 == 0,
            Health = new SensorHealth { Packets = random.Next(1000), Dropped = id.Number },
            Samples = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Sample(random, start, minutes))],
        };
        for (var row = 0; row < rows; row++)
        {
            var protocol = (byte)(random.Next(8) switch { 0 => 17, 1 => 1, _ => 6 });
            var source = ((uint)random.Next(1, 5) << 24) | (uint)random.Next(200);
            Add(batch.V4, start + random.Next(minutes * 60), source, (ushort)random.Next(20, 40), (uint)random.Next(1, 9), protocol);
        }

        AddV6(random, batch.V6, start, minutes, rows / 5);
        AddBackscatter(random, batch.BackscatterV4, start, minutes, random.Next(5), value => (uint)value);
        AddBackscatter(random, batch.BackscatterV6, start, minutes, random.Next(3), value => ((UInt128)0x2001_0DB8 << 96) | value);
        return batch;
    }

    private static PacketSample Sample(Random random, long start, int minutes) => new()
    {
        TimeMicros = (start * 1_000_000) + random.NextInt64(minutes * 60_000_000L),
        Subject = Address.FromV4((1u << 24) | (uint)random.Next(3)),
        Source = Address.FromV4(7),
        Destination = random.Next(2) == 0 ? Address.Parse("192.0.2.1") : Address.Parse("2001:db8::1"),
        Protocol = 6,
        Port = 23,
        Bytes = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => (byte)random.Next(256))],
        WireLength = 60,
    };

    private static void AddV6(Random random, FlowTuples<UInt128> rows, long start, int minutes, int count)
    {
        rows.EnsureCapacity(count);
        for (var row = 0; row < count; row++)
        {
            rows.Slot[row] = (uint)((start + random.Next(minutes * 60)) / 10 * 10);
            rows.Source[row] = ((UInt128)0x2001_0DB8 << 96) | (uint)random.Next(50);
            rows.Destination[row] = ((UInt128)0x2001_0DB8_FFFF << 80) | (uint)random.Next(50);
            rows.Protocol[row] = (byte)(random.Next(3) == 0 ? 58 : 6);
            rows.SourcePort[row] = 128;
            rows.DestinationPort[row] = (ushort)random.Next(2);
            rows.Packets[row] = (uint)random.Next(1, 4);
            rows.Marks[row] = PacketMarks.Fragment;
            rows.Count++;
        }
    }

    private static void AddBackscatter<T>(
        Random random, Backscatter<T> rows, long start, int minutes, int count, Func<uint, T> address)
        where T : unmanaged
    {
        rows.EnsureCapacity(count);
        for (var row = 0; row < count; row++)
        {
            rows.Slot[row] = (uint)((start + random.Next(minutes * 60)) / 10 * 10);
            rows.Victim[row] = address((uint)random.Next(int.MaxValue));
            rows.Protocol[row] = 6;
            rows.Reasons[row] = BackscatterReason.SynAck | BackscatterReason.IcmpError;
            rows.VictimPort[row] = 443;
            rows.Packets[row] = (uint)random.Next(1, 100);
            rows.Bytes[row] = (ulong)random.NextInt64(1, long.MaxValue);
            rows.Mismatches[row] = 1;
            rows.DarkAddresses[row] = default(DistinctSketch).Add((ulong)random.NextInt64());
            rows.VictimPorts[row] = default(DistinctSketch).Add((ulong)random.NextInt64());
            rows.First[row] = 1;
            rows.Last[row] = 9999;
            rows.Count++;
        }
    }
}
