namespace Kizashi.Wire.Tests.Capture;

/// <summary>Blocks of a pcapng file.</summary>
public sealed class PcapngBytes
{
    private readonly List<byte> _file = [];
    private bool _bigEndian;

    public PcapngBytes(bool bigEndian) => _bigEndian = bigEndian;

    public PcapngBytes Section(bool? bigEndian = null)
    {
        _bigEndian = bigEndian ?? _bigEndian;
        return Block(0x0A0D0D0A, New().Add32(0x1A2B3C4D).Add16(1).Add16(0).Add64(ulong.MaxValue));
    }

    public PcapngBytes Interface(ushort link, uint snap = 0, byte resolution = 6, long offset = 0)
    {
        var body = New().Add16(link).Add16(0).Add32(snap);
        if (resolution != 6)
            body.Add16(9).Add16(1).Add([resolution, 0, 0, 0]);

        if (offset != 0)
            body.Add16(14).Add16(8).Add64((ulong)offset);

        return Block(1, body.Add16(0).Add16(0));
    }

    public PcapngBytes Packet(uint type, uint from, ulong ticks, TestFrame frame) => type switch
    {
        3 => Block(3, Padded(New().Add32((uint)frame.WireLength), frame.Bytes)),
        2 => Block(2, Padded(Times(New().Add16((ushort)from).Add16(0), ticks, frame), frame.Bytes)),
        _ => Block(6, Padded(Times(New().Add32(from), ticks, frame), frame.Bytes)),
    };

    public PcapngBytes Block(uint type, EndianBytes body)
    {
        var length = (uint)body.Length + 12;
        _file.AddRange(New().Add32(type).Add32(length).Add(body.ToArray()).Add32(length).ToArray());
        return this;
    }

    public EndianBytes New() => new(_bigEndian);

    public byte[] ToArray() => [.. _file];

    private static EndianBytes Times(EndianBytes body, ulong ticks, TestFrame frame) =>
        body.Add32((uint)(ticks >> 32)).Add32((uint)ticks).Add32((uint)frame.Bytes.Length).Add32((uint)frame.WireLength);

    private static EndianBytes Padded(EndianBytes body, byte[] bytes) => body.Add(bytes).Add(new byte[-bytes.Length & 3]);
}
