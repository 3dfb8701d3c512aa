using CsCheck;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Random frames out of small pools, so that keys meet again, victims are hit twice and every rule is touched.</summary>
internal static class PacketGen
{
    public const long Start = 1_700_000_000_000_000 / 10_000_000 * 10_000_000;

    private static readonly Address[] Sources4 = Pool("203.0.113.5", "203.0.113.6", "198.51.100.7", "198.51.100.255", "8.8.4.0", "192.0.2.9");
    private static readonly Address[] Dark4 = Pool("192.0.2.9", "192.0.2.10", "192.0.2.200", "10.1.2.3");
    private static readonly Address[] Sources6 = Pool("2001:db8:1::5", "2001:db8:2::6", "2001:db8:d::9");
    private static readonly Address[] Dark6 = Pool("2001:db8:d::9", "2001:db8:d::10", "2001:db8:e::1");
    private static readonly Gen<int> Ports = Gen.OneOf(0, 23, 53, 80, 443, 2323, 40000);
    private static readonly Gen<byte> Ttls = Gen.OneOf<byte>(50, 64, 199, 200, 255);
    private static readonly Gen<byte> Flags = Gen.OneOf(Gen.OneOf<byte>(2, 18, 4, 20, 16), Gen.Byte);
    private static readonly Gen<ushort> Windows = Gen.OneOf<ushort>(1024, 14600, 512, 3072);
    private static readonly Gen<byte[]?> Options =
        Gen.OneOf<byte[]?>(null, null, [2, 4, 5, 0xB4], [2, 4, 5, 0xB5]);

    private static readonly Gen<(Address Source, Address Destination)> Ends = Gen.OneOf(
        Gen.Select(Gen.OneOf(Sources4), Gen.OneOf(Dark4), (source, destination) => (source, destination)),
        Gen.Select(Gen.OneOf(Sources4), Gen.OneOf(Dark4), (source, destination) => (source, destination)),
        Gen.Select(Gen.OneOf(Sources6), Gen.OneOf(Dark6), (source, destination) => (source, destination)));

    public static PrefixSet Dark { get; } =
        new([Prefix.Parse("192.0.2.0/24"), Prefix.Parse("2001:db8:d::/48")], [Prefix.Parse("192.0.2.200/32")]);

    public static Gen<byte[]> Frame { get; } = Gen.OneOf(Tcp(), Tcp(), Tool(), Udp(), Icmp(), Odd());

    /// <summary>Frames in a minute and a half, nearly in order: none is more than nine seconds older than one before it.</summary>
    public static Gen<(long TimeMicros, byte[] Frame)[]> Stream { get; } =
        Gen.Select(Gen.Int[0, 600_000], Gen.Int[0, 9_000_000], Frame, (gap, back, frame) => (gap, back, frame)).Array[1, 400]
            .Select(steps =>
            {
                var now = Start;
                return steps.Select(step => ((now += step.gap) - (step.back % 7 == 0 ? step.back : 0), step.frame)).ToArray();
            });

    private static Address[] Pool(params string[] texts) => [.. texts.Select(text => Address.Parse(text))];

    private static Gen<byte[]> Tcp() => Gen.Select(
        Ends, Gen.Select(Ports, Ports, Flags), Gen.Select(Windows, Options, Ttls, Gen.UShort),
        (ends, head, tail) => FrameBuilder.Tcp(
            ends.Source, ends.Destination, head.Item1, head.Item2, head.Item3, (uint)tail.Item4 << 7, tail.Item1, tail.Item2, tail.Item3));

    private static Gen<byte[]> Tool() => Gen.Select(
        Ends, Ports, Gen.Int[0, 2], Ttls,
        (ends, port, tool, ttl) => FrameBuilder.Tcp(
            ends.Source, ends.Destination, 40000, port, 2,
            tool == 0 ? (uint)ends.Destination.Value : 99,
            1024, null, ttl,
            tool switch { 1 => 54321, 2 => (ushort)((uint)ends.Destination.Value ^ (uint)port ^ 99), _ => 3 }));

    private static Gen<byte[]> Udp() => Gen.Select(
        Ends, Ports, Ports, Ttls, Gen.OneOf<ushort>(1, 54321),
        (ends, from, to, ttl, id) => FrameBuilder.Udp(ends.Source, ends.Destination, from, to, ttl, id));

    private static Gen<byte[]> Icmp() => Gen.Select(
        Ends, Gen.OneOf(Gen.OneOf<byte>(0, 3, 8, 11, 1, 2, 128, 129), Gen.Byte), Gen.OneOf<byte>(0, 1, 3), Ends, Ports,
        (ends, type, code, quoted, port) => FrameBuilder.Icmp(
            ends.Source, ends.Destination, type, code, Quoted(ends.Destination, quoted, port)));

    // What the victim got: from the dark address, or from another one, for a mismatch.
    private static byte[] Quoted(Address dark, (Address Source, Address Destination) other, int port)
    {
        var from = port == 443 && other.Destination.IsV4 == dark.IsV4 ? other.Destination : dark;
        var victim = Address.Parse(dark.IsV4 ? "203.0.113.77" : "2001:db8:7::7");
        return port == 53 ? FrameBuilder.Udp(from, victim, 1000, port) : FrameBuilder.Tcp(from, victim, 1000, port, 2);
    }

    private static Gen<byte[]> Odd() => Gen.Select(
        Ends, Gen.OneOf<byte>(6, 17, 47, 50, 103), Gen.OneOf<ushort>(0x8000, 0x2000, 0x00B9, 0x4000),
        (ends, protocol, fragment) => ends.Source.IsV4 && protocol is 6 or 17
            ? WithFragment(protocol == 6
                ? FrameBuilder.Tcp(ends.Source, ends.Destination, 1, 2, 2)
                : FrameBuilder.Udp(ends.Source, ends.Destination, 1, 2), ends.Source, fragment)
            : FrameBuilder.Ip(ends.Source, ends.Destination, protocol is 6 or 17 ? (byte)50 : protocol, new byte[24]));

    private static byte[] WithFragment(byte[] frame, Address source, ushort fragment)
    {
        if (source.IsV4)
            (frame[20], frame[21]) = ((byte)(fragment >> 8), (byte)fragment);

        return frame;
    }
}
