using System.Buffers.Binary;
using System.Text;
using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;
using Kizashi.Wire.Payloads;

namespace Kizashi.Wire.Tests.Payloads;

public sealed class PayloadPrintTests
{
    [Fact]
    public void The_same_tool_has_one_fingerprint_whatever_it_addresses()
    {
        Same("http", "GET /shell?cd+/tmp HTTP/1.1", Tcp("GET /shell?cd+/tmp HTTP/1.1\r\nHost: 198.51.100.7:80\r\nUser-Agent: Hello\r\n\r\n"),
            Tcp("GET /shell?cd+/tmp HTTP/1.1\r\nHost: 192.0.2.250\r\nUser-Agent: Hello\r\n\r\nbody"));
        Same("text", "GET 10.0.0.1:80", Tcp("GET 10.0.0.1:80"), Tcp("GET 172.16.200.31:8080"));
        Same("dns", "a.example", Udp(53, [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 7, .. "example"u8, 0, 0, 255, 0, 1]),
            Udp(53, [9, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 7, .. "example"u8, 0, 0, 255, 0, 1]));
        Same("dht", "d1:ad2:id20:", Udp(6881, [.. "d1:ad2:id20:"u8, .. Bytes(1, 20), .. "e1:q4:ping1:y1:qe"u8]),
            Udp(6881, [.. "d1:ad2:id20:"u8, .. Bytes(2, 20), .. "e1:q4:ping1:y1:qe"u8]));
        Same("tls", "client hello 3.3, 2 cipher suites", Hello(1, 0x0A), Hello(2, 0x1A));
    }

    [Fact]
    public void What_differs_in_substance_differs()
    {
        var prints = new[]
        {
            Tcp("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), Tcp("GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: zgrab/0.x\r\n\r\n"), Tcp("POST / HTTP/1.1\r\n\r\n"),
            Tcp("SSH-2.0-Go\r\n"), Tcp("SSH-2.0-libssh\r\n"), Tcp("*1\r\n$4\r\nINFO\r\n"), Tcp("abc"), Tcp("\x16\x03"), Udp(123, [0x17, 0, 3, 42, 0, 0, 0, 0]),
        }.Select(packet => PayloadPrint.Of(packet)!).ToList();
        Assert.Equal(prints.Count, prints.Select(print => print.Digest).Distinct().Count());
        Assert.Equal(["http", "http", "http", "ssh", "ssh", "redis", "text", "binary", "ntp"], prints.Select(print => print.Protocol));
        Assert.Equal("mode 7, 8 bytes", prints[^1].Title);
    }

    [Fact]
    public void Packets_without_a_payload_have_none()
    {
        Assert.Null(PayloadPrint.Of(Tcp("")));
        Assert.Null(PayloadPrint.Of([]));
        Assert.Null(PayloadPrint.Of(new byte[40]));
    }

    /// <remarks>Of real captures: each payload has a fingerprint, in far fewer kinds than packets, and any bytes are taken.</remarks>
    [Theory]
    [InlineData("ntp-mode-6-7.pcap", "ntp", 8)]
    [InlineData("snmp-amplification.pcapng", "snmp", 8)]
    [InlineData("bittorrent-dht.pcap", "dht", 60)]
    public void Real_payloads_fall_into_few_kinds(string name, string protocol, int most)
    {
        var prints = Packets(name).Select(packet => PayloadPrint.Of(packet)).OfType<PayloadPrint>().ToList();
        Assert.NotEmpty(prints);
        var own = prints.Where(print => print.Protocol == protocol).ToList();
        Assert.InRange(own.Select(print => print.Digest).Distinct().Count(), 1, most);
        Assert.True(own.Count > prints.Count / 10, $"{own.Count} of {prints.Count} are {protocol}");
    }

    [Fact]
    public void Any_bytes_are_taken()
    {
        var random = new Random(7);
        byte[][] seeds = [Tcp("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), Hello(1, 0x0A), Udp(53, Bytes(3, 40)), Udp(6881, [.. "d1:ad2:id20:"u8, .. Bytes(1, 10)])];
        for (var round = 0; round < 200_000; round++)
        {
            var seed = seeds[round & 3];
            var packet = seed[..random.Next(seed.Length + 1)];
            for (var change = random.Next(8); change > 0 && packet.Length > 0; change--)
                packet[random.Next(packet.Length)] = (byte)random.Next(256);

            var print = PayloadPrint.Of(packet);
            Assert.True(print is null || (print.Length > 0 && print.Title.Length <= 80 && print.Title.All(sign => sign is >= ' ' and < '\x7f' or '·' or '…')));
        }
    }

    private static void Same(string protocol, string title, byte[] first, byte[] second)
    {
        var (one, other) = (PayloadPrint.Of(first)!, PayloadPrint.Of(second)!);
        Assert.Equal(protocol, one.Protocol);
        Assert.StartsWith(title, one.Title, StringComparison.Ordinal);
        Assert.Equal(one.Digest, other.Digest);
        Assert.Equal(16, one.Digest.Length);
    }

    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Hello(int seed, byte grease)
    {
        byte[] body = [3, 3, .. Bytes(seed, 32), 0, 0, 6, grease, grease, 0x13, 0x01, 0xC0, 0x2F, 1, 0];
        return Ip(6, [0, 1, 1, 187, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 24, 0, 0, 0, 0, 0, 0, 22, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body]);
    }

    private static byte[] Tcp(string payload) =>
        Ip(6, [0, 1, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 24, 0, 0, 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(payload)]);

    private static byte[] Udp(ushort port, byte[] payload) =>
        Ip(17, [0, 1, (byte)(port >> 8), (byte)port, (byte)((payload.Length + 8) >> 8), (byte)(payload.Length + 8), 0, 0, .. payload]);

    private static byte[] Ip(byte protocol, byte[] segment)
    {
        byte[] packet = [0x45, 0, 0, 0, 0, 1, 0, 0, 64, protocol, 0, 0, 203, 0, 113, 9, 198, 51, 100, 7, .. segment];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }

    private static IEnumerable<byte[]> Packets(string name)
    {
        using var source = CaptureFile.Open(Corpus.Capture(name));
        var block = new FrameBlock();
        var headers = Array.Empty<PacketHeader>();
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            PacketDecoder.DecodeBlock(block, ref headers);
            for (var index = 0; index < block.Count; index++)
            {
                if (headers[index].IsUsable)
                    yield return block.Data.AsSpan(headers[index].IpOffset, headers[index].Captured).ToArray();
            }
        }
    }
}
