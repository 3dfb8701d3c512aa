using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Link;

namespace Kizashi.Wire.Ip;

/// <summary>Decodes the outermost IP and transport header of every frame of a block.</summary>
/// <remarks>
/// Malformed is a frame whose outermost IP or transport header cannot be decoded: <see cref="DecodeStatus.Truncated"/> or
/// <see cref="DecodeStatus.Inconsistent"/>. Nothing depends on what is behind these headers.
/// </remarks>
public static unsafe class PacketDecoder
{
    private const int DeepestTunnel = 4;

    /// <summary>Decodes all frames of the block.</summary>
    /// <param name="block">As a source has filled it.</param>
    /// <param name="headers">Gets header i for frame i; replaced by a longer array when it is too short.</param>
    /// <param name="mode">What is done with tunnels.</param>
    public static void DecodeBlock(FrameBlock block, ref PacketHeader[] headers, TunnelMode mode = TunnelMode.Note)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.Length < block.Count)
            headers = GC.AllocateUninitializedArray<PacketHeader>(Math.Max(block.Count, headers.Length * 2), pinned: true);

        switch (block.Link)
        {
            case LinkType.Ethernet:
                DecodeTyped(block, headers, mode, new Layout(12, LinkLayer.EthernetBytes));
                break;
            case LinkType.LinuxSll:
                DecodeTyped(block, headers, mode, new Layout(14, LinkLayer.SllBytes));
                break;
            case LinkType.LinuxSll2:
                DecodeTyped(block, headers, mode, new Layout(0, LinkLayer.Sll2Bytes));
                break;
            case LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.RawIpv4:
                DecodeRaw(block, headers, mode);
                break;
            default:
                for (var i = 0; i < block.Count; i++)
                    DecodeSlowly(block, i, mode, ref headers[i]);
                break;
        }
    }

    /// <summary>Decodes one packet from its IP header on, such as a stored sample.</summary>
    public static DecodeStatus DecodePacket(ReadOnlySpan<byte> packet, out PacketHeader header)
    {
        header = default;
        header.Status = IpLayer.Decode(packet, packet.Length, 0, ref header);
        return header.Status;
    }

    private static void DecodeTyped(FrameBlock block, PacketHeader[] headers, TunnelMode mode, Layout layout)
    {
        var ipv4 = Swap(EtherType.Ipv4);
        var ipv6 = Swap(EtherType.Ipv6);
        fixed (byte* data = block.Data)
        {
            for (var i = 0; i < block.Count; i++)
            {
                // Safe: a frame lies inside the data, which TryFrame has checked, and both fast paths look only at bytes before its end.
                ref var header = ref headers[i];
                var captured = block.CapturedLength[i] - layout.HeaderBytes;
                var wire = block.WireLength[i] - layout.HeaderBytes;
                var offset = block.Offset[i] + layout.HeaderBytes;
                var decoded = false;
                if (captured >= 28 && IsInside(block.Data, block.Offset[i], block.CapturedLength[i]))
                {
                    var type = Unsafe.ReadUnaligned<ushort>(data + block.Offset[i] + layout.TypeOffset);
                    if (type == ipv4)
                        decoded = TryDecodeIpv4(data + offset, captured, wire, ref header);
                    else if (type == ipv6)
                        decoded = TryDecodeIpv6(data + offset, captured, wire, ref header);
                }

                if (!decoded)
                {
                    DecodeSlowly(block, i, mode, ref header);
                    continue;
                }

                header.TimeMicros = block.TimeMicros[i];
                header.IpOffset = offset;
            }
        }
    }

    private static void DecodeRaw(FrameBlock block, PacketHeader[] headers, TunnelMode mode)
    {
        fixed (byte* data = block.Data)
        {
            for (var i = 0; i < block.Count; i++)
            {
                // Safe: as above.
                ref var header = ref headers[i];
                var captured = block.CapturedLength[i];
                if (captured < 28
                    || !IsInside(block.Data, block.Offset[i], captured)
                    || !TryDecodeIpv4(data + block.Offset[i], captured, block.WireLength[i], ref header))
                {
                    DecodeSlowly(block, i, mode, ref header);
                    continue;
                }

                header.TimeMicros = block.TimeMicros[i];
                header.IpOffset = block.Offset[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsInside(byte[] data, int offset, int length) => (uint)offset + (ulong)(uint)length <= (uint)data.Length;

    /// <summary>An IPv4 packet without options or fragmentation, with TCP, UDP or ICMP that is whole; false leaves it to the slow path.</summary>
    /// <param name="ip">At least 28 captured bytes.</param>
    /// <param name="captured">Bytes that may be looked at.</param>
    /// <param name="wire">Bytes to the end of the frame on the wire.</param>
    /// <param name="header">All but time and offset is set.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeIpv4(byte* ip, int captured, int wire, ref PacketHeader header)
    {
        int total = Read16(ip + 2);
        var protocol = ip[9];
        var fragment = Unsafe.ReadUnaligned<ushort>(ip + 6) & Swap(0x3FFF);
        if (*ip != 0x45 || fragment != 0 || total < 28 || total > wire)
            return false;

        if (total < captured)
            captured = total;

        header.Source = Read32(ip + 12);
        header.Destination = Read32(ip + 16);
        header.Captured = captured;
        header.Length = (ushort)total;
        header.IpId = Read16(ip + 4);
        header.TransportOffset = 20;
        header.Protocol = protocol;
        header.Ttl = ip[8];
        return TryDecodeTransport(ip + 20, captured - 20, total - 20, protocol, PacketTraits.None, ref header);
    }

    /// <summary>An IPv6 packet without extension headers, as <see cref="TryDecodeIpv4"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeIpv6(byte* ip, int captured, int wire, ref PacketHeader header)
    {
        int payload = Read16(ip + 4);
        if (*ip >> 4 != 6 || captured < 48 || payload < 8 || payload > ushort.MaxValue - 40 || payload + 40 > wire)
            return false;

        if (payload + 40 < captured)
            captured = payload + 40;

        header.Source = 0;
        header.Destination = 0;
        header.Captured = captured;
        header.Length = (ushort)(payload + 40);
        header.IpId = 0;
        header.TransportOffset = 40;
        header.Protocol = ip[6];
        header.Ttl = ip[7];
        return TryDecodeTransport(ip + 40, captured - 40, payload, ip[6], PacketTraits.V6, ref header);
    }

    /// <param name="at">At least 8 captured bytes.</param>
    /// <param name="captured">Bytes that may be looked at.</param>
    /// <param name="wire">Bytes by the IP header.</param>
    /// <param name="protocol">As in the IP header.</param>
    /// <param name="traits">What the IP header has shown.</param>
    /// <param name="header">Transport fields, traits and status are set.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeTransport(
        byte* at, int captured, int wire, byte protocol, PacketTraits traits, ref PacketHeader header)
    {
        header.Status = DecodeStatus.Ok;
        if (protocol == IpProtocol.Tcp)
        {
            if (captured < TransportLayer.TcpBytes)
                return false;

            var length = (at[12] >> 4) * 4;
            header.SourcePort = Read16(at);
            header.DestinationPort = Read16(at + 2);
            header.Sequence = Read32(at + 4);
            header.TcpHeaderLength = (byte)length;
            header.TcpFlags = at[13];
            header.Window = Read16(at + 14);
            header.Traits = length > TransportLayer.TcpBytes ? traits | PacketTraits.TcpOptions : traits;
            return length >= TransportLayer.TcpBytes && length <= wire;
        }

        header.Sequence = 0;
        header.TcpHeaderLength = 0;
        header.TcpFlags = 0;
        header.Window = 0;
        header.Traits = traits;
        if (protocol == IpProtocol.Udp)
        {
            int length = Read16(at + 4);
            header.SourcePort = Read16(at);
            header.DestinationPort = Read16(at + 2);
            return length >= TransportLayer.UdpBytes && length <= wire && header.DestinationPort != TransportLayer.VxlanPort;
        }

        header.SourcePort = at[0];
        header.DestinationPort = at[1];
        return protocol == ((traits & PacketTraits.V6) == 0 ? IpProtocol.Icmp : IpProtocol.IcmpV6);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DecodeSlowly(FrameBlock block, int index, TunnelMode mode, ref PacketHeader header)
    {
        header = default;
        header.TimeMicros = block.TimeMicros[index];
        header.IpOffset = -1;
        var frame = block.Frame(index);
        header.Status = LinkLayer.Locate(block.Link, frame, out var offset, out var version);
        if (header.Status != DecodeStatus.Ok)
            return;

        header.IpOffset = block.Offset[index] + offset;
        header.Status = IpLayer.Decode(frame[offset..], block.WireLength[index] - offset, version, ref header);
        if (mode == TunnelMode.Unwrap && header.Status == DecodeStatus.Ok && (header.Traits & PacketTraits.Tunnel) != 0)
            Unwrap(block, index, offset, ref header);
    }

    private static void Unwrap(FrameBlock block, int index, int offset, ref PacketHeader header)
    {
        for (var depth = 0; depth < DeepestTunnel && (header.Traits & PacketTraits.Tunnel) != 0; depth++)
        {
            if ((header.Traits & PacketTraits.Fragment) != 0)
                return;

            // The outer length bounds the inner packet, so that a trailer of the link is not taken for content.
            var packet = block.Frame(index).Slice(offset, header.Captured);
            if (TunnelLayer.Locate(packet, header, out var skip, out var version) != DecodeStatus.Ok)
                return;

            PacketHeader inner = default;
            inner.TimeMicros = header.TimeMicros;
            inner.IpOffset = header.IpOffset + skip;
            inner.Status = IpLayer.Decode(packet[skip..], header.Length - skip, version, ref inner);
            if (inner.Status != DecodeStatus.Ok)
                return;

            inner.Traits |= PacketTraits.Unwrapped;
            header = inner;
            offset += skip;
        }
    }

    private static ushort Swap(ushort value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Read16(byte* at) => Swap(Unsafe.ReadUnaligned<ushort>(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Read32(byte* at)
    {
        var value = Unsafe.ReadUnaligned<uint>(at);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Where a link header has its Ethernet type, and how long it is.</summary>
    private readonly record struct Layout(int TypeOffset, int HeaderBytes);
}
