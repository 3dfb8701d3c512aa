using CsCheck;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Tests.Ip;

public sealed class FastPathTests
{
    private static readonly Gen<byte[]> Packet =
        from sample in Choice.Of([.. SampleFrame.All.Where(frame => frame.Link is LinkType.Raw or LinkType.Ethernet)])
        from changes in Gen.Select(Gen.Int[0, 70], Gen.Byte).Array[0, 4]
        from length in Gen.Frequency((3, Gen.Const(int.MaxValue)), (1, Gen.Int[0, 100]))
        select Change(sample.Link == LinkType.Ethernet ? sample.Bytes[14..] : sample.Bytes, changes, length);

    [Fact]
    public void The_fast_path_and_the_slow_path_agree_on_every_packet() =>
        Gen.Select(Packet, Gen.Int[0, 30]).Sample(
            (packet, missing) =>
            {
                var isV6 = packet.Length > 0 && packet[0] >> 4 == 6;
                byte[] slowFrame = [(byte)(isV6 ? 0x57 : 0x21), .. packet];
                var slow = Decoding.Decode(LinkType.Ppp, slowFrame, slowFrame.Length + missing);
                var fastFrame = Packets.Ethernet((ushort)(isV6 ? 0x86DD : 0x0800), packet);
                var fast = Decoding.Decode(LinkType.Ethernet, fastFrame, fastFrame.Length + missing);
                (slow.IpOffset, fast.IpOffset) = (0, 0);
                Assert.Equal(slow, fast);

                var raw = Decoding.Decode(LinkType.Raw, packet, packet.Length + missing);
                raw.IpOffset = 0;
                Assert.Equal(slow, raw);
            },
            iter: 20_000);

    private static byte[] Change(byte[] packet, (int At, byte Value)[] changes, int length)
    {
        var changed = packet[..Math.Min(packet.Length, length)];
        foreach (var (at, value) in changes)
        {
            if (at < changed.Length)
                changed[at] = value;
        }

        return changed;
    }
}
