using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;
using Kizashi.Link.Frames;

namespace Kizashi.Link.Tests.Frames;

public sealed class SensorStreamTests
{
    [Fact]
    public void What_is_written_is_read_in_the_same_order()
    {
        var reader = Reader(Written());
        Assert.Equal(JsonSerializer.Serialize(Batches.Hello, KizashiJson.Options), JsonSerializer.Serialize(reader.Hello, KizashiJson.Options));
        for (var seed = 0; seed < 3; seed++)
        {
            Assert.True(reader.Read());
            Assert.Equal(FrameKind.Batch, reader.Kind);
            Same(Batches.Make(seed, seed * 100), reader.Batch());
            Assert.True(reader.Read());
            Assert.Equal((FrameKind.Interval, seed * 1000L), (reader.Kind, reader.Watermark()));
        }

        Assert.True(reader.Read());
        Assert.Equal((FrameKind.Status, 7L), (reader.Kind, reader.Json<ReflectorStatus>().Requests));
        Assert.True(reader.Read());
        Assert.Equal((FrameKind.End, 8L), (reader.Kind, reader.Json<ReflectorStatus>().Requests));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Where_it_ends_too_soon_is_told()
    {
        var whole = Written();
        for (var length = 0; length < whole.Length; length += 37)
        {
            // At the end of a frame it may end.
            if (Record.Exception(() => ReadAll(whole[..length])) is { } fault)
                Assert.Matches("before it has begun|it was broken off there|does not say which sensor", Assert.IsType<LinkException>(fault).Message);
        }

        var cut = Assert.Throws<LinkException>(() => ReadAll(whole[..^1]));
        Assert.True(cut.IsCut);
        Assert.Contains("ends within the frame at byte", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_none_are_refused_and_nothing_else_happens()
    {
        var random = new Random(11);
        var whole = Written();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            // A checksum catches what a wire does; who sends on purpose makes a right one.
            var fault = Record.Exception(() => ReadAll(bytes));
            Assert.True(fault is null or LinkException, fault?.ToString());
        }

        Assert.Contains("does not begin as observations", Assert.Throws<LinkException>(() => Reader("not at all"u8.ToArray())).Message, StringComparison.Ordinal);
        Assert.Contains("before it has begun", Assert.Throws<LinkException>(() => Reader([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_made_up_with_a_right_checksum_is_refused_by_what_it_says()
    {
        var random = new Random(12);
        var codec = new BatchCodec();
        var buffer = new FrameBuffer();
        BatchCodec.Write(Batches.Make(5, 40), buffer);
        var whole = buffer.Written.ToArray();
        for (var round = 0; round < 50_000; round++)
        {
            var bytes = whole[..random.Next(whole.Length + 1)];
            for (var change = random.Next(0, 6); change > 0 && bytes.Length > 0; change--)
                bytes[random.Next(Math.Min(bytes.Length, random.Next(2) == 0 ? 200 : int.MaxValue))] = (byte)random.Next(256);

            if (codec.Read(bytes, Batches.Hello) is not { } batch)
                continue;

            Assert.InRange(batch.Shard, 0, 1);
            Assert.Equal(2, batch.Shards);
            Assert.InRange(batch.Rows, 0, bytes.Length);
        }
    }

    [Fact]
    public void A_length_that_cannot_be_is_refused_before_there_is_room_made_for_it()
    {
        var bytes = Written();
        bytes.AsSpan(8, 4).Fill(0x7F);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("impossible length", Assert.Throws<LinkException>(() => Reader(bytes)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    internal static void Same(ObservationBatch expected, ObservationBatch actual)
    {
        Assert.Equal((expected.Id, expected.Sensor, expected.Shard, expected.Shards), (actual.Id, actual.Sensor, actual.Shard, actual.Shards));
        Assert.Equal((expected.FromMillis, expected.WatermarkMillis, expected.Simulated), (actual.FromMillis, actual.WatermarkMillis, actual.Simulated));
        Assert.Equal(expected.Health, actual.Health);
        Assert.Equal(Columns(expected.V4), Columns(actual.V4));
        Assert.Equal(Columns(expected.V6), Columns(actual.V6));
        Assert.Equal(Columns(expected.BackscatterV4), Columns(actual.BackscatterV4));
        Assert.Equal(Columns(expected.BackscatterV6), Columns(actual.BackscatterV6));
        Assert.Equal(expected.Samples.Select(sample => JsonSerializer.Serialize(sample, KizashiJson.Options)), actual.Samples.Select(sample => JsonSerializer.Serialize(sample, KizashiJson.Options)));
    }

    private static string[] Columns<T>(FlowTuples<T> rows)
        where T : unmanaged => [.. Enumerable.Range(0, rows.Count).Select(row => string.Join(' ', rows.Slot[row], rows.Source[row], rows.Destination[row], rows.SourcePort[row], rows.DestinationPort[row], rows.Protocol[row], rows.Ttl[row],
            rows.TcpFlags[row], rows.Length[row], rows.SynLength[row], rows.SynWindow[row], rows.Marks[row], rows.Packets[row], rows.First[row], rows.Last[row]))];

    private static string[] Columns<T>(Backscatter<T> rows)
        where T : unmanaged => [.. Enumerable.Range(0, rows.Count).Select(row => string.Join(' ', rows.Slot[row], rows.Victim[row], rows.Protocol[row], rows.Reasons[row], rows.VictimPort[row], rows.Packets[row], rows.Bytes[row], rows.Mismatches[row],
            rows.DarkAddresses[row], rows.VictimPorts[row], rows.First[row], rows.Last[row]))];

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        var writer = new SensorStreamWriter(stream, Batches.Hello);
        for (var seed = 0; seed < 3; seed++)
        {
            writer.Take(Batches.Make(seed, seed * 100));
            writer.Interval(seed * 1000);
        }

        writer.Status(new ReflectorStatus { Requests = 7 });
        writer.Finish(new ReflectorStatus { Requests = 8 });
        return stream.ToArray();
    }

    private static SensorStreamReader Reader(byte[] bytes) => new(new MemoryStream(bytes), "it");

    private static void ReadAll(byte[] bytes)
    {
        using var reader = Reader(bytes);
        while (reader.Read())
        {
            if (reader.Kind == FrameKind.Batch)
                reader.Batch();
            else if (reader.Kind == FrameKind.Interval)
                reader.Watermark();
            else if (reader.Kind is FrameKind.Status or FrameKind.End)
                reader.Json<ReflectorStatus>();
        }
    }
}
