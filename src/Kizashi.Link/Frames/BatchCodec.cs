using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Link.Frames;

/// <summary>A batch of observations as bytes: columns as they lie in memory, little-endian.</summary>
internal sealed class BatchCodec
{
    private const int MostSampleBytes = 65_535;

    // The batch that is handed out uses these; the next one takes their place.
    private readonly FlowTuples<uint> _v4 = new(0);
    private readonly FlowTuples<UInt128> _v6 = new(0);
    private readonly Backscatter<uint> _backscatter4 = new(0);
    private readonly Backscatter<UInt128> _backscatter6 = new(0);

    public static void Write(ObservationBatch batch, FrameBuffer buffer)
    {
        buffer.Write(batch.Id.Value);
        buffer.Write(batch.Shard);
        buffer.Write(batch.Shards);
        buffer.Write(batch.FromMillis);
        buffer.Write(batch.WatermarkMillis);
        buffer.Write((byte)(batch.Simulated ? 1 : 0));
        Write(batch.Health, buffer);
        Write(batch.V4, buffer);
        Write(batch.V6, buffer);
        Write(batch.BackscatterV4, buffer);
        Write(batch.BackscatterV6, buffer);
        buffer.Write(batch.Samples.Count);
        foreach (var sample in batch.Samples)
            Write(sample, buffer);
    }

    /// <summary>Reads a batch whose columns are valid until the next is read; null when the bytes are none.</summary>
    /// <param name="payload">A frame's.</param>
    /// <param name="hello">Who sends.</param>
    public ObservationBatch? Read(ReadOnlySpan<byte> payload, SensorHello hello)
    {
        var cursor = new FrameCursor(payload);
        var id = new BatchId(cursor.Read<UInt128>());
        var (shard, shards) = (cursor.Read<int>(), cursor.Read<int>());
        var (from, watermark) = (cursor.Read<long>(), cursor.Read<long>());
        var simulated = cursor.Read<byte>() != 0;
        var health = ReadHealth(ref cursor);
        if (shards != hello.Shards || shard < 0 || shard >= shards || !Read(_v4, ref cursor) || !Read(_v6, ref cursor) || !Read(_backscatter4, ref cursor) || !Read(_backscatter6, ref cursor))
            return null;

        var count = cursor.Read<int>();
        if (count is < 0 or > FrameFormat.MostSamples)
            return null;

        var samples = count == 0 ? [] : new List<PacketSample>(Math.Min(count, 1_024));
        for (var number = 0; number < count && !cursor.IsShort; number++)
            samples.Add(ReadSample(ref cursor));

        return cursor.IsShort || cursor.Rest > 0
            ? null
            : new ObservationBatch
            {
                Id = id,
                Sensor = hello.Sensor,
                Shard = shard,
                Shards = shards,
                FromMillis = from,
                WatermarkMillis = watermark,
                Simulated = simulated,
                Health = health,
                V4 = _v4,
                V6 = _v6,
                BackscatterV4 = _backscatter4,
                BackscatterV6 = _backscatter6,
                Samples = samples,
            };
    }

    private static void Write(SensorHealth health, FrameBuffer buffer) => buffer.Write<long>(
    [
        health.Packets, health.Bytes, health.Malformed, health.NotIp, health.NotDark, health.Late, health.Dropped, health.SamplesDropped, health.TableOverflow,
    ]);

    private static SensorHealth ReadHealth(ref FrameCursor cursor) => new()
    {
        Packets = cursor.Read<long>(),
        Bytes = cursor.Read<long>(),
        Malformed = cursor.Read<long>(),
        NotIp = cursor.Read<long>(),
        NotDark = cursor.Read<long>(),
        Late = cursor.Read<long>(),
        Dropped = cursor.Read<long>(),
        SamplesDropped = cursor.Read<long>(),
        TableOverflow = cursor.Read<long>(),
    };

    private static void Write<TAddress>(FlowTuples<TAddress> rows, FrameBuffer buffer)
        where TAddress : unmanaged
    {
        buffer.Write(rows.Count);
        Visit(rows, ref buffer);
    }

    private static bool Read<TAddress>(FlowTuples<TAddress> rows, ref FrameCursor cursor)
        where TAddress : unmanaged
    {
        if (!TryCount(ref cursor, out var count))
            return false;

        rows.EnsureCapacity(count);
        rows.Count = count;
        Visit(rows, ref cursor);
        return !cursor.IsShort;
    }

    private static void Visit<TAddress, TColumns>(FlowTuples<TAddress> rows, ref TColumns columns)
        where TAddress : unmanaged
        where TColumns : IColumns, allows ref struct
    {
        var count = rows.Count;
        columns.Column(rows.Slot.AsSpan(0, count));
        columns.Column(rows.Source.AsSpan(0, count));
        columns.Column(rows.Destination.AsSpan(0, count));
        columns.Column(rows.SourcePort.AsSpan(0, count));
        columns.Column(rows.DestinationPort.AsSpan(0, count));
        columns.Column(rows.Protocol.AsSpan(0, count));
        columns.Column(rows.Ttl.AsSpan(0, count));
        columns.Column(rows.TcpFlags.AsSpan(0, count));
        columns.Column(rows.Length.AsSpan(0, count));
        columns.Column(rows.SynLength.AsSpan(0, count));
        columns.Column(rows.SynWindow.AsSpan(0, count));
        columns.Column(rows.Marks.AsSpan(0, count));
        columns.Column(rows.Packets.AsSpan(0, count));
        columns.Column(rows.First.AsSpan(0, count));
        columns.Column(rows.Last.AsSpan(0, count));
    }

    private static void Write<TAddress>(Backscatter<TAddress> rows, FrameBuffer buffer)
        where TAddress : unmanaged
    {
        buffer.Write(rows.Count);
        Visit(rows, ref buffer);
    }

    private static bool Read<TAddress>(Backscatter<TAddress> rows, ref FrameCursor cursor)
        where TAddress : unmanaged
    {
        if (!TryCount(ref cursor, out var count))
            return false;

        rows.EnsureCapacity(count);
        rows.Count = count;
        Visit(rows, ref cursor);
        return !cursor.IsShort;
    }

    private static void Visit<TAddress, TColumns>(Backscatter<TAddress> rows, ref TColumns columns)
        where TAddress : unmanaged
        where TColumns : IColumns, allows ref struct
    {
        var count = rows.Count;
        columns.Column(rows.Slot.AsSpan(0, count));
        columns.Column(rows.Victim.AsSpan(0, count));
        columns.Column(rows.Protocol.AsSpan(0, count));
        columns.Column(rows.Reasons.AsSpan(0, count));
        columns.Column(rows.VictimPort.AsSpan(0, count));
        columns.Column(rows.Packets.AsSpan(0, count));
        columns.Column(rows.Bytes.AsSpan(0, count));
        columns.Column(rows.Mismatches.AsSpan(0, count));
        columns.Column(rows.DarkAddresses.AsSpan(0, count));
        columns.Column(rows.VictimPorts.AsSpan(0, count));
        columns.Column(rows.First.AsSpan(0, count));
        columns.Column(rows.Last.AsSpan(0, count));
    }

    // A row has more bytes than one, so a count past what is there is none; nothing is allocated for it.
    private static bool TryCount(ref FrameCursor cursor, out int count)
    {
        count = cursor.Read<int>();
        return !cursor.IsShort && count >= 0 && count <= Math.Min(FrameFormat.MostRows, cursor.Rest);
    }

    private static void Write(PacketSample sample, FrameBuffer buffer)
    {
        buffer.Write(sample.TimeMicros);
        buffer.Write(sample.Subject.Value);
        buffer.Write(sample.Source.Value);
        buffer.Write(sample.Destination.Value);
        buffer.Write(sample.Protocol);
        buffer.Write(sample.Port);
        buffer.Write(sample.WireLength);
        buffer.Write((ushort)Math.Min(MostSampleBytes, sample.Bytes.Length));
        buffer.Write<byte>(sample.Bytes.AsSpan(0, Math.Min(MostSampleBytes, sample.Bytes.Length)));
    }

    private static PacketSample ReadSample(ref FrameCursor cursor) => new()
    {
        TimeMicros = cursor.Read<long>(),
        Subject = new Address(cursor.Read<UInt128>()),
        Source = new Address(cursor.Read<UInt128>()),
        Destination = new Address(cursor.Read<UInt128>()),
        Protocol = cursor.Read<byte>(),
        Port = cursor.Read<ushort>(),
        WireLength = cursor.Read<int>(),
        Bytes = cursor.Take(cursor.Read<ushort>()).ToArray(),
    };
}
