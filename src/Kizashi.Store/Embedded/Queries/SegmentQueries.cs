using System.Buffers.Binary;
using System.Globalization;
using DuckDB.NET.Data;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Queries;

/// <summary>Answers what only the segments know: what one address did, and its raw packets.</summary>
internal sealed class SegmentQueries(
    DuckEngine engine, SegmentCatalog catalog, SegmentFolder folder, int memory)
{
    private const int SpareSamples = 4;

    private const int MostRows = 10_000;

    public IReadOnlyList<SourceActivity> Activity(Address source, TimeRange range, CancellationToken cancellation)
    {
        var kind = source.IsV4 ? SegmentKind.V4 : SegmentKind.V6;
        var (from, to) = Slots(range);
        using var lease = catalog.Read();
        var files = Files(lease, kind, source, from, to);
        if (files.Count == 0)
            return [];

        return source.IsV4 && Scan(files, source, (from, to), cancellation) is { } activity
            ? activity
            : Ask(files, source, (from, to), cancellation);
    }

    public IReadOnlyList<PacketSample> Samples(Address subject, TimeRange range, int most, CancellationToken cancellation)
    {
        var from = range.From.ToUnixTimeMilliseconds() * 1000;
        var to = range.To.ToUnixTimeMilliseconds() * 1000;
        using var lease = catalog.Read();
        var files = Files(
            lease, SegmentKind.Sample, subject, (uint)Math.Clamp(from / 1_000_000, 0, uint.MaxValue),
            (uint)Math.Clamp((to + 999_999) / 1_000_000, 0, uint.MaxValue));
        if (files.Count == 0 || most <= 0)
            return [];

        // Every n-th packet, so that the first and the last one of the range are among them.
        return engine.Rows(
            string.Create(CultureInfo.InvariantCulture, $"""
                WITH found AS (
                    SELECT *, row_number() OVER (ORDER BY time_us, port, wire_length) - 1 AS number, count(*) OVER () AS total
                    FROM {DuckEngine.ReadParquet(files)}
                    WHERE {IsAddress("subject", subject)} AND time_us >= {from} AND time_us < {to})
                SELECT time_us, subject_high, subject_low, source_high, source_low, destination_high, destination_low,
                    protocol, port, wire_length, packet
                FROM found
                WHERE total <= {most} OR number = 0
                    OR number * ({most} - 1) // (total - 1) > (number - 1) * ({most} - 1) // (total - 1)
                ORDER BY number LIMIT {most}
                """),
            ReadSample, cancellation);
    }

    public IReadOnlyList<PacketSample> PortSamples(
        (byte Protocol, ushort Number) port, TimeRange range, int most, CancellationToken cancellation)
    {
        var from = range.From.ToUnixTimeMilliseconds() * 1000;
        var to = range.To.ToUnixTimeMilliseconds() * 1000;
        using var lease = catalog.Read();
        var files = Files(
            lease, SegmentKind.Sample, (uint)Math.Clamp(from / 1_000_000, 0, uint.MaxValue),
            (uint)Math.Clamp((to + 999_999) / 1_000_000, 0, uint.MaxValue));
        if (files.Count == 0 || most <= 0)
            return [];

        // The port of backscatter is the attacked one, which such a packet comes from: some are read in vain.
        // Each sender's last packet first, which is more often one with a payload; then, if there is room, those before it.
        var found = engine.Rows(
            string.Create(CultureInfo.InvariantCulture, $"""
                WITH found AS (
                    SELECT *, row_number() OVER (PARTITION BY subject_high, subject_low ORDER BY time_us DESC, wire_length DESC) AS turn
                    FROM {DuckEngine.ReadParquet(files)}
                    WHERE protocol = {port.Protocol} AND port = {port.Number} AND time_us >= {from} AND time_us < {to}),
                chosen AS (SELECT * FROM found ORDER BY turn, time_us, source_high, source_low LIMIT {(long)most * SpareSamples})
                SELECT time_us, subject_high, subject_low, source_high, source_low, destination_high, destination_low,
                    protocol, port, wire_length, packet
                FROM chosen
                ORDER BY turn, time_us, source_high, source_low
                """),
            ReadSample, cancellation);
        return [.. found.Where(sample => IsTo(sample, port.Number)).Take(most).OrderBy(sample => sample.TimeMicros)];
    }

    private static bool IsTo(PacketSample sample, ushort port)
    {
        if (sample.Protocol is not (6 or 17 or 132) || sample.Bytes.Length == 0)
            return true;

        var header = sample.Bytes[0] >> 4 == 4 ? (sample.Bytes[0] & 15) * 4 : 40;
        return sample.Bytes.Length < header + 4 || BinaryPrimitives.ReadUInt16BigEndian(sample.Bytes.AsSpan(header + 2)) == port;
    }

    public IReadOnlyList<PortSource> Sources(
        (byte Protocol, ushort Number) port, TimeRange range, int top, CancellationToken cancellation)
    {
        var (from, to) = Slots(range);
        using var lease = catalog.Read();
        return
        [
            .. new[] { SegmentKind.V4, SegmentKind.V6 }
                .SelectMany(kind => Sources(Files(lease, kind, from, to), kind, port, (from, to), top, cancellation))
                .OrderByDescending(source => source.Packets)
                .ThenBy(source => source.Source.Value)
                .Take(top),
        ];
    }

    private IReadOnlyList<PortSource> Sources(
        List<string> files, SegmentKind kind, (byte Protocol, ushort Number) port, (uint From, uint To) slots, int top,
        CancellationToken cancellation)
    {
        if (files.Count == 0 || top <= 0)
            return [];

        var isV4 = kind == SegmentKind.V4;
        var (source, destination) = isV4
            ? ("source::UBIGINT, 0::UBIGINT", "destination")
            : ("source_high, source_low", "(destination_high, destination_low)");

        // For ICMP the type, by which ports are counted, stands where others have the source port.
        var column = port.Protocol is 1 or 58 ? "source_port" : "destination_port";
        return engine.Rows(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT {source}, sum(packets)::BIGINT, count(DISTINCT {destination}), min(slot), max(slot), bit_or(marks)
                FROM {DuckEngine.ReadParquet(files)}
                WHERE protocol = {port.Protocol} AND {column} = {port.Number} AND slot >= {slots.From} AND slot < {slots.To}
                    AND marks & {(int)PacketMarks.Backscatter} = 0
                GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {top}
                """),
            row => new PortSource(
                isV4 ? Address.FromV4((uint)row.GetFieldValue<ulong>(0)) : ReadAddress(row, 0),
                row.GetInt64(2),
                row.GetInt64(3),
                DateTimeOffset.FromUnixTimeSeconds(row.GetFieldValue<uint>(4)),
                DateTimeOffset.FromUnixTimeSeconds(row.GetFieldValue<uint>(5)),
                (PacketMarks)row.GetFieldValue<ushort>(6)),
            cancellation);
    }

    /// <summary>Hands over the contacts of a range; returns how many.</summary>
    public long Contacts(TimeRange range, Action<SourceContact> take, CancellationToken cancellation)
    {
        var slots = Slots(range);
        using var lease = catalog.Read();
        return new[] { SegmentKind.V4, SegmentKind.V6 }
            .Sum(kind => Contacts(Files(lease, kind, slots.From, slots.To), kind, slots, take, cancellation));
    }

    private long Contacts(
        List<string> files, SegmentKind kind, (uint From, uint To) slots, Action<SourceContact> take,
        CancellationToken cancellation)
    {
        if (files.Count == 0)
            return 0;

        var isV4 = kind == SegmentKind.V4;
        var source = isV4 ? "source::UBIGINT, 0::UBIGINT" : "source_high, source_low";
        return engine.Each(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT {source}, protocol,
                    CASE WHEN protocol IN (1, 58) THEN source_port ELSE destination_port END,
                    (slot // 3600)::INTEGER, max(ttl), syn_length, syn_window, marks, sum(packets)::BIGINT
                FROM {DuckEngine.ReadParquet(files)}
                WHERE slot >= {slots.From} AND slot < {slots.To} AND marks & {(int)PacketMarks.Backscatter} = 0
                GROUP BY 1, 2, 3, 4, 5, syn_length, syn_window, marks
                """),
            row => take(new SourceContact(
                isV4 ? Address.FromV4((uint)row.GetFieldValue<ulong>(0)) : ReadAddress(row, 0),
                row.GetFieldValue<byte>(2), row.GetFieldValue<ushort>(3), row.GetInt32(4), row.GetFieldValue<byte>(5),
                row.GetFieldValue<ushort>(6), row.GetFieldValue<ushort>(7), (PacketMarks)row.GetFieldValue<ushort>(8),
                row.GetInt64(9))),
            cancellation);
    }

    // Null when a file was not written by this store's own encoder, or an address did too much for its memory.
    private IReadOnlyList<SourceActivity>? Scan(
        List<string> files, Address source, (uint From, uint To) slots, CancellationToken cancellation)
    {
        using var scan = new ActivityScan(source.V4, slots.From, slots.To);
        return files.TrueForAll(file => scan.Add(file, memory, cancellation)) ? scan.Answer(MostRows) : null;
    }

    private IReadOnlyList<SourceActivity> Ask(
        List<string> files, Address source, (uint From, uint To) slots, CancellationToken cancellation)
    {
        var (from, to) = slots;
        var destination = source.IsV4 ? "destination" : "(destination_high, destination_low)";
        return engine.Rows(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT (slot // 86400)::INTEGER, protocol, destination_port, sum(packets)::BIGINT,
                    count(DISTINCT {destination}), bit_or(marks)
                FROM {DuckEngine.ReadParquet(files)}
                WHERE {IsAddress("source", source)} AND slot >= {from} AND slot < {to}
                GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT {MostRows}
                """),
            row => new SourceActivity(
                DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(row.GetInt32(0))),
                row.GetFieldValue<byte>(1), row.GetFieldValue<ushort>(2), row.GetInt64(3), row.GetInt64(4),
                (PacketMarks)row.GetFieldValue<ushort>(5)),
            cancellation);
    }

    private static PacketSample ReadSample(DuckDBDataReader row) => new()
    {
        TimeMicros = row.GetInt64(0),
        Subject = ReadAddress(row, 1),
        Source = ReadAddress(row, 3),
        Destination = ReadAddress(row, 5),
        Protocol = row.GetFieldValue<byte>(7),
        Port = row.GetFieldValue<ushort>(8),
        WireLength = (int)row.GetFieldValue<uint>(9),
        Bytes = ReadBytes(row, 10),
    };

    private static Address ReadAddress(DuckDBDataReader row, int column) =>
        new(new UInt128(row.GetFieldValue<ulong>(column), row.GetFieldValue<ulong>(column + 1)));

    private static byte[] ReadBytes(DuckDBDataReader row, int column)
    {
        using var stream = row.GetStream(column);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Slots are ten seconds long; one that the range touches is in it.
    private static (uint From, uint To) Slots(TimeRange range) => (
        (uint)Math.Clamp(RollDown(range.From.ToUnixTimeSeconds()), 0, uint.MaxValue),
        (uint)Math.Clamp((range.To.ToUnixTimeMilliseconds() + 999) / 1000, 0, uint.MaxValue));

    private static long RollDown(long seconds) => seconds - (seconds % FlowTuples<uint>.SlotSeconds);

    private static string IsAddress(string column, Address address) =>
        address.IsV4 && column == "source"
            ? string.Create(CultureInfo.InvariantCulture, $"source = {address.V4}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{column}_high = {(ulong)(address.Value >> 64)} AND {column}_low = {(ulong)address.Value}");

    private List<string> Files(SegmentCatalog.Lease lease, SegmentKind kind, uint from, uint to) =>
    [
        .. lease.Segments
            .Where(segment => segment.Kind == kind && segment.MaxSlot >= from && segment.MinSlot < to)
            .Select(segment => folder.FullPath(segment.File)),
    ];

    private List<string> Files(SegmentCatalog.Lease lease, SegmentKind kind, Address source, uint from, uint to) =>
    [
        .. lease.Segments
            .Where(segment => segment.Kind == kind && segment.MaxSlot >= from && segment.MinSlot < to
                && segment.MinSource <= source.Value && segment.MaxSource >= source.Value)
            .Select(segment => folder.FullPath(segment.File)),
    ];
}
