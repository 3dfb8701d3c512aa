using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Kizashi.Wire.Dissection;

/// <summary>Collects layers and fields of one packet.</summary>
internal sealed class Dissector
{
    private const int ShownPayload = 256;

    private readonly ReadOnlyMemory<byte> _packet;
    private readonly List<DissectedLayer> _layers = [];
    private List<DissectedField> _fields = [];

    public Dissector(ReadOnlyMemory<byte> packet) => _packet = packet;

    public IReadOnlyList<DissectedLayer> Layers => _layers;

    /// <summary>Set inside an ICMP error: names of layers then begin with "Quoted".</summary>
    public bool IsQuoted { get; set; }

    private ReadOnlySpan<byte> Bytes => _packet.Span;

    public void BeginLayer(string name)
    {
        _fields = [];
        _layers.Add(new DissectedLayer(IsQuoted ? $"Quoted {name}" : name, _fields));
    }

    public void Add(string name, string value, int offset, int length) => _fields.Add(new DissectedField(name, value, offset, length));

    /// <summary>Says that a header is not whole; true if so.</summary>
    public bool IsCut(Stretch rest, int needed)
    {
        if (rest.Length >= needed)
            return false;

        Add("Cut off", $"{needed} bytes needed, {rest.Length} left", rest.Start, rest.Length);
        return true;
    }

    public byte Read8(int at) => Bytes[at];

    public ushort Read16(int at) => BinaryPrimitives.ReadUInt16BigEndian(Bytes[at..]);

    public uint Read32(int at) => BinaryPrimitives.ReadUInt32BigEndian(Bytes[at..]);

    public int Add8(string name, int at)
    {
        Add(name, $"{Read8(at)}", at, 1);
        return Read8(at);
    }

    public int Add16(string name, int at)
    {
        Add(name, $"{Read16(at)}", at, 2);
        return Read16(at);
    }

    public void AddHex16(string name, int at) => Add(name, $"0x{Read16(at):x4}", at, 2);

    public void AddAddress(string name, int at, int length) =>
        Add(name, new IPAddress(Bytes.Slice(at, length)).ToString(), at, length);

    public string Hex(int at, int length) => Convert.ToHexStringLower(Bytes.Slice(at, length));

    /// <summary>Everything up to the end as one layer, unless there is nothing.</summary>
    public void AddPayload(Stretch rest)
    {
        if (rest.Length == 0)
            return;

        BeginLayer("Payload");
        Add("Length", $"{rest.Length} bytes", rest.Start, rest.Length);
        var shown = Bytes.Slice(rest.Start, Math.Min(rest.Length, ShownPayload));
        var more = rest.Length > ShownPayload ? "…" : "";
        Add("Text", Printable(shown) + more, rest.Start, shown.Length);
        Add("Bytes", Convert.ToHexStringLower(shown) + more, rest.Start, shown.Length);
    }

    /// <summary>The Internet checksum over the bytes; 0 if a checksum inside them is right.</summary>
    public ushort Checksum(Stretch bytes) => Ip.Checksum.Fold(Ip.Checksum.Add(Bytes[bytes.Start..bytes.End], 0));

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
            text.Append(b is >= 0x20 and < 0x7F ? (char)b : '.');

        return text.ToString();
    }
}
