using System.Buffers.Binary;

namespace Kizashi.Wire.Capture;

/// <summary>Blocks of a pcapng file (draft-ietf-opsawg-pcapng), each section in its own byte order.</summary>
internal sealed class PcapngRecords : RecordParser
{
    public const uint SectionHeader = 0x0A0D0D0A;

    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const int EnvelopeBytes = 12;
    private const int MaximumInterfaces = 65_536;

    private readonly List<PcapngInterface> _interfaces = [];
    private bool _bigEndian;
    private bool _anyDecoded;
    private long _skip;
    private long _lastMicros;

    public override ParseOutcome Parse(FrameBlock block, ReadOnlySpan<byte> content, out int consumed)
    {
        var at = 0;
        var outcome = ParseOutcome.NeedsMore;
        while (outcome == ParseOutcome.NeedsMore)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, content.Length - at);
                _skip -= skipped;
                at += skipped;
            }

            var rest = content[at..];
            if (_skip > 0 || rest.Length < EnvelopeBytes)
                break;

            if (!TryReadEnvelope(rest, out var type, out var length))
                outcome = ParseOutcome.Damage;
            else if (!IsRead(type))
                _skip = length;
            else if (length > FrameBlock.DefaultBytes)
                outcome = Damage($"block of {length} bytes announced, more than {FrameBlock.DefaultBytes}");
            else if (rest.Length < length)
                break;
            else
                outcome = ReadBlock(block, type, rest[..(int)length], ref at);
        }

        consumed = at;
        return outcome;
    }

    public override string? Missing(ReadOnlySpan<byte> rest)
    {
        if (_skip > 0)
            return $"block that should go on for {_skip} bytes, none left";

        if (rest.Length == 0)
            return null;

        return rest.Length < EnvelopeBytes
            ? $"block header of 8 bytes expected, {rest.Length} left"
            : $"block of {Read32(rest, 4)} bytes announced, {rest.Length} left";
    }

    private static bool IsRead(uint type) =>
        type is SectionHeader or InterfaceDescription or ObsoletePacket or SimplePacket or EnhancedPacket;

    private ParseOutcome Damage(string fault)
    {
        Fault = fault;
        return ParseOutcome.Damage;
    }

    private bool TryReadEnvelope(ReadOnlySpan<byte> rest, out uint type, out uint length)
    {
        type = Read32(rest, 0);
        length = 0;
        if (type == SectionHeader)
        {
            // The type reads the same in both orders; the next word but one tells which it is.
            _bigEndian = BinaryPrimitives.ReadUInt32BigEndian(rest[8..]) == ByteOrderMagic;
            if (Read32(rest, 8) != ByteOrderMagic)
            {
                Fault = "section header without a byte order";
                return false;
            }
        }

        length = Read32(rest, 4);
        if (length >= EnvelopeBytes && length % 4 == 0)
            return true;

        Fault = $"block of {length} bytes announced";
        return false;
    }

    private ParseOutcome ReadBlock(FrameBlock block, uint type, ReadOnlySpan<byte> bytes, ref int at)
    {
        if (Read32(bytes, bytes.Length - 4) != bytes.Length)
            return Damage($"block whose lengths differ: {bytes.Length} before, {Read32(bytes, bytes.Length - 4)} after");

        var body = bytes[8..^4];
        var outcome = type switch
        {
            SectionHeader => BeginSection(body),
            InterfaceDescription => AddInterface(body),
            EnhancedPacket => AddEnhanced(block, body, at + 8),
            SimplePacket => AddSimple(block, body, at + 8),
            _ => AddObsolete(block, body, at + 8),
        };
        if (outcome == ParseOutcome.NeedsMore)
            at += bytes.Length;

        return outcome;
    }

    private ParseOutcome BeginSection(ReadOnlySpan<byte> body)
    {
        if (body.Length < 16)
            return Damage($"section header of {body.Length + EnvelopeBytes} bytes, 28 needed");

        var version = Read16(body, 4);
        if (version != 1)
            return Damage($"pcapng of version {version}, only 1 is known");

        _interfaces.Clear();
        _anyDecoded = false;
        return ParseOutcome.NeedsMore;
    }

    private ParseOutcome AddInterface(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8)
            return Damage($"interface description of {body.Length + EnvelopeBytes} bytes, 20 needed");

        if (_interfaces.Count == MaximumInterfaces)
            return Damage($"more than {MaximumInterfaces} interfaces");

        var added = PcapngInterface.Read(body, _bigEndian);
        _interfaces.Add(added);
        _anyDecoded |= LinkTypes.IsDecoded(added.Link);
        return ParseOutcome.NeedsMore;
    }

    private ParseOutcome AddEnhanced(FrameBlock block, ReadOnlySpan<byte> body, int at)
    {
        const int headerBytes = 20;
        if (body.Length < headerBytes)
            return Damage($"packet block of {body.Length + EnvelopeBytes} bytes, 32 needed");

        var ticks = ((ulong)Read32(body, 4) << 32) | Read32(body, 8);
        return Add(block, new Packet(Read32(body, 0), ticks, Read32(body, 12), Read32(body, 16)), body.Length - headerBytes, at + headerBytes);
    }

    private ParseOutcome AddObsolete(FrameBlock block, ReadOnlySpan<byte> body, int at)
    {
        const int headerBytes = 20;
        if (body.Length < headerBytes)
            return Damage($"packet block of {body.Length + EnvelopeBytes} bytes, 32 needed");

        var ticks = ((ulong)Read32(body, 4) << 32) | Read32(body, 8);
        return Add(block, new Packet(Read16(body, 0), ticks, Read32(body, 12), Read32(body, 16)), body.Length - headerBytes, at + headerBytes);
    }

    private ParseOutcome AddSimple(FrameBlock block, ReadOnlySpan<byte> body, int at)
    {
        const int headerBytes = 4;
        if (body.Length < headerBytes)
            return Damage($"packet block of {body.Length + EnvelopeBytes} bytes, 16 needed");

        var wire = Read32(body, 0);
        var captured = Math.Min(wire, (uint)(body.Length - headerBytes));
        if (_interfaces.Count > 0 && _interfaces[0].SnapLength != 0)
            captured = Math.Min(captured, _interfaces[0].SnapLength);

        return Add(block, new Packet(0, null, captured, wire), body.Length - headerBytes, at + headerBytes);
    }

    private ParseOutcome Add(FrameBlock block, in Packet packet, int room, int at)
    {
        if (packet.Interface >= _interfaces.Count)
            return Damage($"packet of interface {packet.Interface}, which is not described");

        if (packet.Captured > CaptureOptions.MaximumFrameBytes)
            return Damage($"packet of {packet.Captured} bytes announced, more than {CaptureOptions.MaximumFrameBytes}");

        if (packet.Captured > room)
            return Damage($"packet of {packet.Captured} bytes announced in a block with {room}");

        var from = _interfaces[(int)packet.Interface];
        if (!_anyDecoded)
            return Damage($"link type {(int)from.Link} is not supported");

        if (block.Count > 0 && block.Link != from.Link)
            return ParseOutcome.LinkChange;

        block.Link = from.Link;
        var index = block.Add();
        block.Offset[index] = at;
        block.CapturedLength[index] = (int)packet.Captured;
        block.WireLength[index] = (int)Math.Clamp(packet.Wire, packet.Captured, int.MaxValue);

        // A simple packet block has no time of its own: it came after the one before it.
        _lastMicros = packet.Ticks is { } ticks ? from.ToMicros(ticks) : _lastMicros;
        block.TimeMicros[index] = _lastMicros;
        return ParseOutcome.NeedsMore;
    }

    private uint Read32(ReadOnlySpan<byte> bytes, int at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private ushort Read16(ReadOnlySpan<byte> bytes, int at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private readonly record struct Packet(uint Interface, ulong? Ticks, uint Captured, uint Wire);
}
