using System.IO.Compression;
using System.Text;
using Kizashi.Testing.Fuzzing;
using Kizashi.Wire.Bgp;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Capture.Compression;
using Kizashi.Wire.Filters;
using Kizashi.Wire.Tests.Bgp;
using Kizashi.Wire.Tests.Capture;

namespace Kizashi.Wire.Tests.Fuzzing;

/// <summary>Decoders of what an operator gives: routing tables, packed files, filter expressions.</summary>
internal static class TableFuzzTargets
{
    private const int MostUnpacked = 1 << 20;

    private static readonly byte[][] Bodies =
    [
        MrtReaderTests.Rib([24, 192, 0, 2], addPath: false, [MrtReaderTests.Path(2, 64500, 64501), MrtReaderTests.Path(2, 64502)]),
        MrtReaderTests.Rib([32, 0x20, 0x01, 0x0D, 0xB8], addPath: false, [MrtReaderTests.Path(2, 4200000001)]),
        MrtReaderTests.Rib([0], addPath: true, [MrtReaderTests.Path(1, 64510, 64511)]),
    ];

    private static readonly byte[] Dump =
    [
        .. MrtReaderTests.Record(13, 1, [0, 0, 0, 0, 0, 0, 0, 0]), .. MrtReaderTests.Record(13, RibRecord.Ipv4Unicast, Bodies[0]),
        .. MrtReaderTests.Record(13, RibRecord.Ipv6Unicast, Bodies[1]), .. MrtReaderTests.Record(13, RibRecord.Ipv4UnicastAddPath, Bodies[2]),
    ];

    // Lines of a pfx2as file as bzip2 -1 packs them: one short, one with repetitions.
    private static readonly byte[][] Packed =
    [
        Convert.FromHexString("425A68313141592653597BAFC4C7000002C1800010206808102000310C010699A7842051772453850907BAFC4C70"),
        Convert.FromHexString(
            "425A68313141592653598F44746900007BD98000104001772020680810200070530004D02AA8DA9A64F519A903E1C8C0B0C04076191816122C2E"
            + "246440914141B0A0B8D8A0A0FC5DC914E142423D11D1A4"),
    ];

    private static readonly byte[] Buffer = new byte[64 * 1024];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("RibRecord.Decode", 300, Bodies, TryRib),
        new("MrtReader", 300, [Dump], TryMrt),
        new("Bzip2Stream", 100, Packed, TryBzip2),
        new("gzip", 100, [Gzip(Dump), CaptureBytes.StoredGzip(Dump)], TryGzip),
        new("filter expression", 200, Expressions("tcp[13] & 7 != 0", "port 53 and not host 192.0.2.1", "ip6 and udp portrange 1-1024", "vlan 5 or net 198.51.100.0/24"), TryExpression),
    ];

    private static void TryRib(ReadOnlySpan<byte> input, Mutator mutator)
    {
        ushort[] kinds = [RibRecord.Ipv4Unicast, RibRecord.Ipv6Unicast, RibRecord.Ipv4UnicastAddPath];
        var status = RibRecord.Decode(kinds[mutator.Pick(kinds.Length)], input, out var route);
        if (status != DecodeStatus.Ok && route != default)
            throw new InvalidOperationException($"{status} with {route}");

        if (route.Length > (route.V6 ? 128 : 32))
            throw new InvalidOperationException($"prefix of {route.Length} bits");
    }

    private static void TryMrt(ReadOnlySpan<byte> input, Mutator mutator)
    {
        var reader = new MrtReader(new MemoryStream(input.ToArray()));
        while (reader.Read(out var route))
        {
            if (route.Length > (route.V6 ? 128 : 32))
                throw new InvalidOperationException($"prefix of {route.Length} bits");
        }

        if (reader.Offset > input.Length)
            throw new InvalidOperationException($"offset {reader.Offset} of {input.Length}");
    }

    private static void TryBzip2(ReadOnlySpan<byte> input, Mutator mutator)
    {
        try
        {
            using var stream = new Bzip2Stream(new MemoryStream(input.ToArray()));
            Drain(stream);
        }
        catch (InvalidDataException)
        {
            // The one answer to damage.
        }
    }

    private static void TryGzip(ReadOnlySpan<byte> input, Mutator mutator)
    {
        using var source = ByteSource.Open(new MemoryStream(input.ToArray()));
        for (var total = 0; total < MostUnpacked;)
        {
            var got = source.Read(Buffer);
            if (got == 0)
                return;

            total += got;
        }
    }

    private static void TryExpression(ReadOnlySpan<byte> input, Mutator mutator)
    {
        try
        {
            BpfFilter.Compile(Encoding.Latin1.GetString(input), LinkType.Ethernet).Matches(input, input.Length);
        }
        catch (FilterException)
        {
            // Refused, as it should be.
        }
    }

    private static void Drain(Stream stream)
    {
        for (var total = 0; total < MostUnpacked;)
        {
            var got = stream.Read(Buffer);
            if (got == 0)
                return;

            total += got;
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);

        return packed.ToArray();
    }

    private static byte[][] Expressions(params string[] texts) => [.. texts.Select(Encoding.Latin1.GetBytes)];
}
