using System.Buffers.Binary;
using System.Text;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope.Responder;
using Kizashi.Wire;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Tests.Telescope.Responder;

public sealed class RespondingSourceTests : IDisposable
{
    private const byte Syn = 2;
    private const byte Rst = 4;
    private const byte Ack = 16;
    private const byte PushAck = 24;

    private static readonly PrefixSet Dark = new([Prefix.Parse("198.51.100.0/24"), Prefix.Parse("2001:db8:dead::/48")]);
    private static readonly Address Target = Address.Parse("198.51.100.7");
    private static readonly Address Client = Address.Parse("203.0.113.9");

    private readonly HandClock _clock = new();
    private readonly FramesOnDemand _frames = new();
    private readonly SentFrames _wire;
    private readonly FrameBlock _block = new();
    private readonly RespondingSource _source;

    public RespondingSourceTests()
    {
        _wire = new SentFrames(_clock);
        _source = new RespondingSource(_frames, _wire, Dark, new ResponderOptions { PerSecond = 20 }, _clock);
    }

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData("203.0.113.9", "198.51.100.7")]
    [InlineData("2001:db8:1::9", "2001:db8:dead::7")]
    public void A_syn_gets_one_correct_syn_ack_no_longer_than_itself(string client, string target)
    {
        var (source, destination) = (Address.Parse(client), Address.Parse(target));
        var bare = FrameBuilder.Tcp(source, destination, 40000, 80, Syn, sequence: 0xFFFFFFFF);
        Assert.Equal(1, Read(bare));
        var sent = Assert.Single(_wire.Sent).Frame;
        Assert.True(sent.Length <= bare.Length, $"{sent.Length} bytes for {bare.Length}");
        Assert.Equal(DecodeStatus.Ok, PacketDecoder.DecodePacket(sent.AsSpan(14), out var header));
        Assert.Equal((80, 40000), (header.SourcePort, header.DestinationPort));
        Assert.Equal(Syn | Ack, header.TcpFlags);
        Assert.Equal(0u, BinaryPrimitives.ReadUInt32BigEndian(sent.AsSpan(14 + header.TransportOffset + 8)));
        Assert.Equal(0, TcpSum(sent.AsSpan(14), source.IsV4));

        // The same with options gets one option, and another source's number is another.
        Read(FrameBuilder.Tcp(Next(source), destination, 40000, 80, Syn, options: [2, 4, 5, 180, 1, 1, 1, 0]));
        Assert.Equal(bare.Length + 4, _wire.Sent[1].Frame.Length);
        Assert.Equal(0, TcpSum(_wire.Sent[1].Frame.AsSpan(14), source.IsV4));
        Assert.NotEqual(Cookie(_wire.Sent[0].Frame), Cookie(_wire.Sent[1].Frame));
    }

    [Fact]
    public void A_source_is_answered_once_a_minute_however_often_and_wherever_it_asks()
    {
        for (var second = 0; second < 180; second++)
        {
            Read([.. Enumerable.Range(0, 50).Select(n => FrameBuilder.Tcp(Client, Address.FromV4(Target.V4 - 7 + (uint)n), 40000 + n, 23, Syn))]);
            _clock.Move(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, _wire.Sent.Count);
        Assert.All(_wire.Sent.Zip(_wire.Sent.Skip(1)), pair =>
            Assert.True(pair.Second.At - pair.First.At >= TimeSpan.TicksPerMinute));
        Assert.Equal((3, (180 * 50) - 3, 0), (_source.Status.Answered, _source.Status.HeldBySource, _source.Status.HeldByRate));
    }

    [Fact]
    public void A_flood_of_forged_sources_gets_no_more_than_the_rate_and_leaves_bounded_memory()
    {
        const int Seconds = 400;
        const int PerSecond = 5_000;
        var asked = 0L;
        for (var second = 0; second < Seconds; second++)
        {
            // Every source comes twice, in seconds that lie apart.
            var flood = Enumerable.Range(0, PerSecond).Select(n => FrameBuilder.Tcp(
                Address.FromV4(0x0B000000 + (uint)(((second / 2 * PerSecond) + n) % 700_000)), Target, 1024 + (n & 1023), 445, Syn)).ToArray();
            asked += flood.Sum(frame => (long)frame.Length);
            Assert.Equal(PerSecond, Read(flood));
            _clock.Move(TimeSpan.FromSeconds(1));
        }

        var status = _source.Status;
        Assert.InRange(status.Answered, 19 * Seconds, (20 * Seconds) + 20);
        Assert.Equal(status.Answered, _wire.Sent.Count);
        Assert.Equal((long)Seconds * PerSecond, status.Answered + status.HeldBySource + status.HeldByRate + status.Unsent);
        Assert.All(_wire.Sent.GroupBy(sent => sent.At / TimeSpan.TicksPerSecond), second => Assert.InRange(second.Count(), 1, 40));
        Assert.All(_wire.Sent.GroupBy(sent => Receiver(sent.Frame)), one =>
            Assert.All(one.Zip(one.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.TicksPerMinute)));
        Assert.True(_wire.Sent.Sum(sent => sent.Frame.Length) <= asked / 200);
        Assert.InRange(_source.Remembered, 1, 20 * 301);
    }

    [Fact]
    public void The_first_payload_is_kept_once_and_what_the_answer_brought_about_is_no_traffic()
    {
        Read(FrameBuilder.Tcp(Client, Target, 40000, 80, Syn, sequence: 100));
        var cookie = Cookie(_wire.Sent[0].Frame);
        var hello = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: 198.51.100.7\r\n\r\n");
        var others = new[] { Segment(Client, 40001, Ack, 101, cookie + 2, []), Segment(Next(Client), 40000, PushAck, 101, cookie + 1, hello) };
        Assert.Equal(2, Read(
        [
            Segment(Client, 40000, Ack, 101, cookie + 1, []), Segment(Client, 40000, PushAck, 101, cookie + 1, hello), .. others,
            Segment(Client, 40000, PushAck, 101, cookie + 1, hello),
        ]));
        Assert.Equal(others[0], _block.Frame(0).ToArray());
        Assert.Equal(others[1], _block.Frame(1).ToArray());
        var kept = Assert.Single(_source.TakePayloads());
        Assert.Equal((Client, Client, Target, 80), (kept.Subject, kept.Source, kept.Destination, (int)kept.Port));
        Assert.Equal(hello, kept.Bytes[^hello.Length..]);
        Assert.Empty(_source.TakePayloads());
        Assert.Equal(0, Read(FrameBuilder.Tcp(Client, Target, 40000, 80, Rst, sequence: cookie + 1)));
        Assert.Equal((4, 1), (_source.Status.Elicited, _source.Status.Payloads));
        Assert.Single(_wire.Sent);

        _clock.Move(TimeSpan.FromMinutes(6));
        Read(FrameBuilder.Tcp(Next(Client), Target, 40000, 80, Syn));
        Assert.Equal(1, Read(Segment(Client, 40000, Ack, 101, cookie + 1, [])));
    }

    [Fact]
    public void Nothing_else_is_ever_answered()
    {
        byte[][] frames =
        [
            FrameBuilder.Tcp(Client, Target, 1, 2, Syn | Ack), FrameBuilder.Tcp(Client, Target, 1, 2, Rst), FrameBuilder.Tcp(Client, Target, 1, 2, Ack),
            FrameBuilder.Tcp(Client, Target, 1, 2, Syn | 1), FrameBuilder.Tcp(Client, Address.Parse("192.0.2.1"), 1, 2, Syn),
            FrameBuilder.Tcp(Address.Parse("198.51.100.8"), Target, 1, 2, Syn), FrameBuilder.Tcp(Address.Parse("127.0.0.1"), Target, 1, 2, Syn),
            FrameBuilder.Tcp(Address.Parse("224.0.0.5"), Target, 1, 2, Syn), FrameBuilder.Tcp(Address.Parse("255.255.255.255"), Target, 1, 2, Syn),
            FrameBuilder.Udp(Client, Target, 1, 2), FrameBuilder.Icmp(Client, Target, 8, 0),
            FrameBuilder.Ip(Client, Target, 6, new byte[20], fragment: 0x2000),
        ];
        Assert.Equal(frames.Length, Read(frames));
        Assert.Empty(_wire.Sent);

        var broadcast = FrameBuilder.Tcp(Client, Target, 1, 2, Syn);
        broadcast.AsSpan(0, 6).Fill(0xFF);
        _wire.Fails = true;
        Read(broadcast, FrameBuilder.Tcp(Next(Client), Target, 1, 2, Syn));
        Assert.Empty(_wire.Sent);
        Assert.Equal(2, _source.Status.Unsent);
    }

    [Fact]
    public void Any_bytes_are_taken()
    {
        var random = new Random(20261127);
        var syn = FrameBuilder.Tcp(Client, Target, 40000, 80, Syn, options: [2, 4, 5, 180]);
        for (var round = 0; round < 20_000; round++)
        {
            var frame = syn[..random.Next(1, syn.Length + 1)];
            for (var change = random.Next(6); change > 0; change--)
                frame[random.Next(frame.Length)] = (byte)random.Next(256);

            Read(frame);
            _clock.Move(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_wire.Sent.Count, 100, 20_000);
        Assert.All(_wire.Sent, sent => Assert.True(sent.Frame.Length <= syn.Length));
    }

    private static Address Next(Address source) => source.IsV4 ? Address.FromV4(source.V4 + 1) : Address.FromV6(source.Value + 1);

    private static uint Receiver(byte[] frame) => BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(30));

    private static uint Cookie(byte[] frame)
    {
        PacketDecoder.DecodePacket(frame.AsSpan(14), out var header);
        return header.Sequence;
    }

    private static byte[] Segment(Address client, int port, byte flags, uint sequence, uint acknowledged, byte[] data)
    {
        var frame = (byte[])[.. FrameBuilder.Tcp(client, Target, port, 80, flags, sequence), .. data];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)(frame.Length - 14));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(14 + 20 + 8), acknowledged);
        return frame;
    }

    // Over the pseudo-header and the segment with its checksum in place the sum is zero.
    private static int TcpSum(ReadOnlySpan<byte> packet, bool isV4)
    {
        var segment = packet[(isV4 ? 20 : 40)..];
        byte[] all = [.. packet[(isV4 ? 12 : 8)..(isV4 ? 20 : 40)], 0, 6, (byte)(segment.Length >> 8), (byte)segment.Length, .. segment];
        var sum = 0;
        for (var at = 0; at < all.Length; at += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(all.AsSpan(at));

        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);

        return ~sum & 0xFFFF;
    }

    private int Read(params byte[][] frames)
    {
        _frames.Next.AddRange(frames);
        _source.Read(_block);
        return _block.Count;
    }
}
