using System.Buffers.Binary;

namespace Kizashi.Wire.Capture;

/// <summary>An interface description of a pcapng section: what the frames captured on it need to be read.</summary>
internal sealed class PcapngInterface
{
    private const int ResolutionOption = 9;
    private const int OffsetOption = 14;

    private int _resolution = 6;
    private bool _binary;
    private long _offsetSeconds;

    private PcapngInterface(LinkType link, uint snapLength)
    {
        Link = link;
        SnapLength = snapLength;
    }

    public LinkType Link { get; }

    /// <summary>0 for no limit.</summary>
    public uint SnapLength { get; }

    /// <summary>Reads the body of an interface description block, at least 8 bytes.</summary>
    public static PcapngInterface Read(ReadOnlySpan<byte> body, bool bigEndian)
    {
        var link = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(body) : BinaryPrimitives.ReadUInt16LittleEndian(body);
        var snap = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(body[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        var read = new PcapngInterface((LinkType)link, snap);
        read.ReadOptions(body[8..], bigEndian);
        return read;
    }

    /// <summary>Microseconds since 1970, within the years 1970 to 9999.</summary>
    public long ToMicros(ulong ticks)
    {
        if (_resolution == 6 && !_binary && _offsetSeconds == 0)
            return (long)Math.Min(ticks, RecordParser.LatestMicros);

        var micros = (Int128)(_binary ? FromBinary(ticks) : FromDecimal(ticks)) + ((Int128)_offsetSeconds * 1_000_000);
        return (long)Int128.Clamp(micros, 0, RecordParser.LatestMicros);
    }

    private UInt128 FromBinary(ulong ticks)
    {
        if (_resolution >= 64)
            return ((UInt128)ticks * 1_000_000) >> _resolution;

        var seconds = ticks >> _resolution;
        var fraction = ticks & ((1UL << _resolution) - 1);
        return ((UInt128)seconds * 1_000_000) + (((UInt128)fraction * 1_000_000) >> _resolution);
    }

    private UInt128 FromDecimal(ulong ticks)
    {
        var value = (UInt128)ticks;
        for (var power = _resolution; power < 6; power++)
            value *= 10;

        for (var power = _resolution; power > 6 && value > 0; power--)
            value /= 10;

        return value;
    }

    private void ReadOptions(ReadOnlySpan<byte> options, bool bigEndian)
    {
        while (options.Length >= 4)
        {
            var code = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(options) : BinaryPrimitives.ReadUInt16LittleEndian(options);
            int length = bigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(options[2..])
                : BinaryPrimitives.ReadUInt16LittleEndian(options[2..]);
            var padded = (length + 3) & ~3;
            if (code == 0 || options.Length - 4 < padded)
                return;

            var value = options.Slice(4, length);
            if (code == ResolutionOption && length == 1)
                (_binary, _resolution) = ((value[0] & 0x80) != 0, value[0] & 0x7F);
            else if (code == OffsetOption && length == 8)
                _offsetSeconds = bigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);

            options = options[(4 + padded)..];
        }
    }
}
