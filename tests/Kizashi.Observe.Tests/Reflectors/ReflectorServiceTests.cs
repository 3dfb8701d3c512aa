using System.Buffers.Binary;
using System.Text;
using Kizashi.Observe.Reflectors;

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

    private static IReflectorService Of(string name) =>
        ReflectorServices.Create(TimeProvider.System).Single(service => service.Name == name);

    private static byte[] Dns(int type, int size)
    {
        byte[] request = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(size > 0 ? 1 : 0), 7, .. "example"u8, 3, .. "org"u8, 0, 0, (byte)type, 0, 1];
        return size == 0 ? request : [.. request, 0, 0, 41, (byte)(size >> 8), (byte)size, 0, 0, 0, 0, 0, 0];
    }

    private static byte[] Ntp(byte first, int length, params byte[] rest)
    {
        var request = new byte[length];
        request[0] = first;
        rest.CopyTo(request, 1);
        return request;
    }
}
