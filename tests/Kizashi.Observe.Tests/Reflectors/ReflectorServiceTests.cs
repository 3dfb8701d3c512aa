using System.Buffers.Binary;
using System.Text;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Tests.Telescope;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Reflectors;

public sealed class ReflectorServiceTests
{
    private static readonly byte[] Any = Dns(255, 4096);

    private static readonly Dictionary<string, byte[][]> Requests = new(StringComparer.Ordinal)
    {
        ["qotd"] = [[], [1]],
        ["chargen"] = [[], [1]],
        ["dns"] = [Any, Dns(1, 0), Dns(16, 0), Dns(48, 1232)],
        ["ntp"] = [Ntp(0x23, 48), Ntp(0x16, 12, 2), Ntp(0x17, 8, 0, 3, 42)],
        ["ssdp"] = [Encoding.ASCII.GetBytes("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n")],
        ["portmap"] = [Rpc(4), [.. Rpc(4)[..19], 4, .. Rpc(4)[20..]], [.. Rpc(3, 0, 1, 0x86, 0xA3, 0, 0, 0, 3, 0, 0, 0, 3, (byte)'u', (byte)'d', (byte)'p', 0, 0, 0, 0, 0, 0, 0, 0, 0)[..19], 4, .. Rpc(3, 0, 1, 0x86, 0xA3, 0, 0, 0, 3, 0, 0, 0, 3, (byte)'u', (byte)'d', (byte)'p', 0, 0, 0, 0, 0, 0, 0, 0, 0)[20..]], Rpc(0), Rpc(3, 0, 1, 0x86, 0xA3, 0, 0, 0, 3, 0, 0, 0, 6, 0, 0, 0, 0)],
        ["netbios"] = [[0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 32, (byte)'C', (byte)'K', .. Enumerable.Repeat((byte)'A', 30), 0, 0, 0x21, 0, 1]],
        ["snmp"] = [Snmp(0xA5, 1, 0, 20, 0x2B, 6, 1, 2, 1), Snmp(0xA0, 0, 0, 0, 0x2B, 6, 1, 2, 1, 1, 1, 0), Snmp(0xA1, 1, 0, 0, 0x2B, 6, 1, 2, 1), Convert.FromHexString("303a020103300f02024a69020300ffe30401040201030410300e0400020100020100040004000400301204000400a00c020237f00201000201003000")],
        ["cldap"] = [[0x30, 0x25, 2, 1, 1, 0x63, 0x20, 4, 0, 10, 1, 0, 10, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0, 0x87, 11, .. "objectClass"u8, 0x30, 0],
            Convert.FromHexString("30840000002d02010763840000002404000a01000a0100020100020164010100870b6f626a656374436c617373308400000000")],
        ["mssql"] = [[2], [3], [4, .. "MSSQLSERVER"u8, 0]],
        ["stun"] = [[0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. new byte[12]], [0, 1, 0, 0, .. new byte[16]]],
        ["tftp"] = [[0, 1, .. "startup-config"u8, 0, .. "octet"u8, 0], [0, 2, .. "a"u8, 0, .. "octet"u8, 0]],
        ["slp"] = [Slp(9, [0, 0, 0xFF, 0xFF, 0, 7, .. "default"u8]), Slp(1, [0, 0, 0, 15, .. "service:service"u8, 0, 7, .. "default"u8, 0, 0, 0, 0]), Slp(6, [0, 0, 0, 1, (byte)'a', 0, 0, 0, 0, 0, 0])],
        ["rip"] = [[1, 1, .. new byte[21], 16], [1, 2, .. new byte[21], 16]],
        ["ard"] = [[0, 0x14, 0, 1, 3]],
        ["ws-discovery"] = [Encoding.ASCII.GetBytes("<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><w:MessageID>uuid:84ede3de-7dec-11d0-c360-f01234567890</w:MessageID></e:Envelope>"), Encoding.ASCII.GetBytes("<:/>aaaaaaaaaaaa")],
        ["sip"] = [Encoding.ASCII.GetBytes("OPTIONS sip:100@198.51.100.1 SIP/2.0\r\nVia: SIP/2.0/UDP 203.0.113.9:5060;branch=z9hG4bK-1;rport\r\nFrom: \"sipvicious\"<sip:100@1.1.1.1>;tag=1\r\nTo: <sip:100@1.1.1.1>\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")],
        ["mdns"] = [[0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 9, .. "_services"u8, 7, .. "_dns-sd"u8, 4, .. "_udp"u8, 5, .. "local"u8, 0, 0, 12, 0, 1]],
        ["coap"] = [[0x40, 1, 0x7D, 0x34, 0xBB, .. ".well-known"u8, 4, .. "core"u8], [0x51, 1, 0, 1, 9, 0xB1, (byte)'x']],
        ["ubiquiti"] = [[1, 0, 0, 0]],
        ["a2s"] = [[0xFF, 0xFF, 0xFF, 0xFF, (byte)'T', .. "Source Engine Query\0"u8], [0xFF, 0xFF, 0xFF, 0xFF, (byte)'U', 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF, (byte)'V', 0xFF, 0xFF, 0xFF, 0xFF]],
        ["quake3"] = [[0xFF, 0xFF, 0xFF, 0xFF, .. "getstatus\n"u8], [0xFF, 0xFF, 0xFF, 0xFF, .. "getinfo xxx"u8]],
        ["openvpn"] = [[0x38, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0]],
        ["dtls"] = [Convert.FromHexString("16feff000000000000000000c0010000b400000000000000b4fefd994c2e1e50b9b67adccf4197d891a14bb472f0dd3f742e3f1e6bc721323d31af00000038c02cc030009fcca9cca8ccaac02bc02f009ec024c028006bc023c0270067c00ac0140039c009c0130033009d009c003d003c0035002f00ff01000052000b000403000102000a000c000a001d0017001e00190018002300000016000000170000000d002a0028040305030603080708080809080a080b080408050806040105010601030303010302040205020602")],
        ["jenkins"] = [[], [1]],
        ["memcached"] = [[0, 1, 0, 0, 0, 1, 0, 0, .. "stats\r\n"u8], [0, 1, 0, 0, 0, 1, 0, 0, .. "get a\r\n"u8]],
    };

    public static TheoryData<string> Names => [.. ReflectorServices.Create(TimeProvider.System).Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Real_requests_are_answered_and_amplified(string name)
    {
        var service = Of(name);
        var room = new byte[1472];
        var lengths = Requests[name].Select(request => service.Answer(request, room)).ToArray();
        Assert.All(lengths, length => Assert.InRange(length, 1, room.Length));
        Assert.True(lengths.Zip(Requests[name]).Max(pair => pair.First / Math.Max(1.0, pair.Second.Length)) >= 1);
        Assert.NotEmpty(service.Ports);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_bytes_are_taken_and_no_answer_leaves_its_room(string name)
    {
        var service = Of(name);
        var random = new Random(9);
        var memory = new byte[2048];
        for (var round = 0; round < 60_000; round++)
        {
            var seed = Requests[name][round % Requests[name].Length];
            var request = seed[..random.Next(seed.Length + 1)];
            for (var change = random.Next(4); change > 0 && request.Length > 0; change--)
                request[random.Next(request.Length)] = (byte)random.Next(256);

            var room = round % 3 == 0 ? 1472 : random.Next(1473);
            memory.AsSpan(room).Fill(0xA5);
            Assert.InRange(service.Answer(request, memory.AsSpan(0, room)), 0, room);
            Assert.False(memory.AsSpan(room, 16).ContainsAnyExcept((byte)0xA5));
        }
    }

    [Fact]
    public void A_name_gets_all_its_records_and_what_does_not_fit_is_cut_with_the_sign_of_it()
    {
        var dns = Of("dns");
        var room = new byte[1472];
        var whole = room[..dns.Answer(Any, room)];
        Assert.Equal(0, whole[2] & 2);
        Assert.Equal(8, BinaryPrimitives.ReadUInt16BigEndian(whole.AsSpan(6)));
        var cut = room[..dns.Answer(Any, room.AsSpan(0, 300))];
        Assert.Equal(2, cut[2] & 2);
        Assert.InRange(BinaryPrimitives.ReadUInt16BigEndian(cut.AsSpan(6)), 1, 7);
        Assert.InRange(dns.Answer(Dns(255, 0), room), 100, 512);
    }

    [Fact]
    public void The_time_is_told_and_the_clients_of_monlist_are_as_many_as_fit()
    {
        var ntp = Of("ntp");
        var room = new byte[1472];
        Assert.Equal(48, ntp.Answer(Ntp(0x23, 48), room));
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(room.AsSpan(40)) - 2_208_988_800L;
        Assert.InRange(seconds - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), -5, 5);
        Assert.Equal(8 + (6 * 72), ntp.Answer(Ntp(0x17, 8, 0, 3, 42), room));
        Assert.Equal(8 + 72, ntp.Answer(Ntp(0x17, 8, 0, 3, 42), room.AsSpan(0, 100)));
        Assert.Equal(0, ntp.Answer(Ntp(0x17, 8, 0, 3, 42), room.AsSpan(0, 60)));
        Assert.Equal(0, ntp.Answer(Ntp(0x24, 48), room));
    }

    /// <remarks>Another's dissector reads the request and the answer of every service, at full size and cut to a small room.</remarks>
    [Theory]
    [InlineData("dns", "dns")]
    [InlineData("ntp", "ntp")]
    [InlineData("snmp", "snmp")]
    [InlineData("cldap", "cldap")]
    [InlineData("portmap", "rpc")]
    [InlineData("netbios", "nbns")]
    [InlineData("stun", "stun")]
    [InlineData("tftp", "tftp")]
    [InlineData("slp", "srvloc")]
    [InlineData("rip", "rip")]
    [InlineData("sip", "sip")]
    [InlineData("mdns", "mdns")]
    [InlineData("coap", "coap")]
    [InlineData("ssdp", "ssdp")]
    [InlineData("memcached", "memcache")]
    public void Wireshark_finds_nothing_malformed_in_an_answer(string name, string protocol)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tshark"), "needs tshark");
        var service = Of(name);
        using var folder = new TemporaryFolder();
        var capture = Path.Combine(folder.Path, "answers.pcap");
        var packets = 0;
        using (var file = File.Create(capture))
        using (var writer = new PcapWriter(file, LinkType.Raw))
        {
            foreach (var request in Requests[name])
            {
                foreach (var size in (ReadOnlySpan<int>)[1472, 700, 300, 160])
                {
                    var room = new byte[size];
                    var length = service.Answer(request, room);
                    if (length == 0)
                        continue;

                    writer.Write(packets * 2, Packet(40_000, service.Ports[0], request));
                    writer.Write((packets * 2) + 1, Packet(service.Ports[0], 40_000, room[..length]));
                    packets++;
                }
            }
        }

        Assert.True(packets > 0);
        var lines = Tshark(capture, "-T", "fields", "-e", "frame.protocols", "-e", "_ws.malformed", "-e", "_ws.expert.message")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 * packets, lines.Length);
        Assert.All(lines, line => Assert.Contains(protocol, line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("alformed", line, StringComparison.Ordinal));
    }

    private static byte[] Packet(int from, int to, byte[] payload)
    {
        var frame = FrameBuilder.Udp(Core.Addresses.Address.Parse("198.51.100.1"), Core.Addresses.Address.Parse("203.0.113.9"), from, to)[14..];
        byte[] packet = [.. frame[..28], .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(24), (ushort)(payload.Length + 8));
        return packet;
    }

    private static string Tshark(string capture, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("tshark", ["-n", "-r", capture, "-d", "udp.port==11211,memcache", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return output;
    }

    private static IReflectorService Of(string name) =>
        ReflectorServices.Create(TimeProvider.System).Single(service => service.Name == name);

    private static byte[] Dns(int type, int size)
    {
        byte[] request = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(size > 0 ? 1 : 0), 7, .. "example"u8, 3, .. "org"u8, 0, 0, (byte)type, 0, 1];
        return size == 0 ? request : [.. request, 0, 0, 41, (byte)(size >> 8), (byte)size, 0, 0, 0, 0, 0, 0];
    }

    private static byte[] Slp(byte kind, params byte[] body) =>
        [2, kind, 0, 0, (byte)(16 + body.Length), 0, 0, 0, 0, 0, 0, 7, 0, 2, .. "en"u8, .. body];

    private static byte[] Rpc(byte procedure, params byte[] arguments) =>
        [1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0x86, 0xA0, 0, 0, 0, 2, 0, 0, 0, procedure, .. new byte[16], .. arguments];

    private static byte[] Snmp(byte kind, byte version, byte first, byte second, params byte[] name)
    {
        byte[] binding = [0x30, (byte)(name.Length + 4), 6, (byte)name.Length, .. name, 5, 0];
        byte[] pdu = [2, 4, 1, 2, 3, 4, 2, 1, first, 2, 1, second, 0x30, (byte)binding.Length, .. binding];
        byte[] message = [2, 1, version, 4, 6, .. "public"u8, kind, (byte)pdu.Length, .. pdu];
        return [0x30, (byte)message.Length, .. message];
    }

    private static byte[] Ntp(byte first, int length, params byte[] rest)
    {
        var request = new byte[length];
        request[0] = first;
        rest.CopyTo(request, 1);
        return request;
    }
}
