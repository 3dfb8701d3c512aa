using System.Buffers.Binary;
using CsCheck;
using Kizashi.Wire.Bgp;

namespace Kizashi.Wire.Tests.Bgp;

public sealed class MrtReaderTests
{
    [Fact]
    public void Routes_of_both_families_come_with_the_origin_most_peers_gave()
    {
        byte[] dump =
        [
            .. Record(13, 1, [0, 0, 0, 0, 0, 0, 0, 0]),
            .. Record(13, RibRecord.Ipv4Unicast, Rib([24, 192, 0, 2], addPath: false, [Path(2, 64500, 64501), Path(2, 64502), Path(2, 1, 64502)])),
            .. Record(13, RibRecord.Ipv6Unicast, Rib([32, 0x20, 0x01, 0x0D, 0xB8], addPath: false, [Path(2, 4200000001)])),
            .. Record(16, 4, [1, 2, 3]),
            .. Record(13, RibRecord.Ipv4UnicastAddPath, Rib([0], addPath: true, [Path(1, 64510, 64511)])),
        ];
        var reader = new MrtReader(new MemoryStream(dump));

        Assert.True(reader.Read(out var first));
        Assert.Equal(new RibRoute(false, 0xC0000200, 24, 64502, 3), first);
        Assert.True(reader.Read(out var second));
        Assert.Equal(new RibRoute(true, (UInt128)0x20010DB8 << 96, 32, 4200000001, 1), second);
        Assert.True(reader.Read(out var third));
        Assert.Equal(new RibRoute(false, 0, 0, 64510, 1), third);
        Assert.False(reader.Read(out _));
        Assert.Null(reader.Damage);
        Assert.Equal(2, reader.Skipped);
        Assert.Equal(dump.Length, reader.Offset);
    }

    [Fact]
    public void Every_truncation_is_named_with_the_offset_of_its_record()
    {
        var one = Record(13, RibRecord.Ipv4Unicast, Rib([24, 192, 0, 2], addPath: false, [Path(2, 64500)]));
        for (var length = one.Length + 1; length < one.Length * 2; length++)
        {
            var reader = new MrtReader(new MemoryStream([.. one, .. one.AsSpan(0, length - one.Length)]));

            Assert.True(reader.Read(out _));
            Assert.False(reader.Read(out _));
            Assert.NotNull(reader.Damage);
            Assert.Equal(one.Length, reader.Offset);
        }
    }

    [Fact]
    public void Every_truncation_of_a_route_is_reported()
    {
        var body = Rib([24, 192, 0, 2], addPath: false, [Path(2, 64500, 64501), Path(2, 64502)]);
        for (var length = 0; length < body.Length; length++)
            Assert.Equal(DecodeStatus.Truncated, RibRecord.Decode(RibRecord.Ipv4Unicast, body.AsSpan(0, length), out _));
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var body = Rib([24, 192, 0, 2], addPath: false, [Path(2, 64500, 64501), Path(1, 64502)]);
        var change = Gen.Select(Gen.Int[0, body.Length - 1], Gen.Byte);
        Gen.Select(change.Array[1, 8], Gen.UShort[0, 12]).Sample((changes, subtype) =>
        {
            var mutated = body.ToArray();
            foreach (var (at, value) in changes)
                mutated[at] = value;

            var status = RibRecord.Decode(subtype, mutated, out var route);
            Assert.Equal(status != DecodeStatus.Ok, route == default);
        }, iter: 20_000);
    }

    internal static byte[] Record(ushort type, ushort subtype, byte[] body)
    {
        var header = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), subtype);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), (uint)body.Length);
        return [.. header, .. body];
    }

    internal static byte[] Rib(byte[] prefix, bool addPath, byte[][] attributes) =>
    [
        0, 0, 0, 1, .. prefix, (byte)(attributes.Length >> 8), (byte)attributes.Length,
        .. attributes.SelectMany(attribute => new byte[addPath ? 10 : 6].Concat([(byte)(attribute.Length >> 8), (byte)attribute.Length]).Concat(attribute)),
    ];

    // ORIGIN first, as routers write it; then AS_PATH with one segment.
    internal static byte[] Path(byte kind, params uint[] path)
    {
        var segment = new byte[2 + (path.Length * 4)];
        (segment[0], segment[1]) = (kind, (byte)path.Length);
        for (var i = 0; i < path.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(2 + (i * 4)), path[i]);

        return [0x40, 1, 1, 0, 0x50, 2, 0, (byte)segment.Length, .. segment];
    }
}
