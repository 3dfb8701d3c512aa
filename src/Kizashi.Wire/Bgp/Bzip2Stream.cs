namespace Kizashi.Wire.Bgp;

/// <summary>Reads bzip2 data, as RouteViews packs its tables. Memory is one block of at most 900 KB, unpacked.</summary>
/// <remarks>Written after the format as described by J. Tsai, "BZIP2: Format Specification" (2016). Damage is an <see cref="InvalidDataException"/>.</remarks>
public sealed class Bzip2Stream(Stream inner) : ForwardStream
{
    private const ulong BlockMark = 0x314159265359;
    private const ulong EndMark = 0x177245385090;

    private readonly Bzip2Bits _bits = new(inner);
    private readonly Bzip2Block _block = new();
    private int _level;
    private bool _ended;
    private int _run;
    private int _last = -1;
    private int _repeat;
    private byte _repeated;

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_repeat > 0)
            {
                buffer[written++] = _repeated;
                _repeat--;
                continue;
            }

            if (!_block.Next(out var value))
            {
                if (!NextBlock())
                    break;

                continue;
            }

            // Four equal bytes are followed by how many more there are.
            if (_run == 4)
            {
                (_repeat, _repeated, _run, _last) = (value, (byte)_last, 0, -1);
                continue;
            }

            _run = value == _last ? _run + 1 : 1;
            _last = value;
            buffer[written++] = value;
        }

        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();

        base.Dispose(disposing);
    }

    private bool NextBlock()
    {
        if (_ended)
            return false;

        // The run-length coding does not go across blocks.
        (_run, _last) = (0, -1);
        if (_level == 0 && !Begin(first: true))
            return false;

        while (true)
        {
            var mark = _bits.Read48();
            if (mark == BlockMark)
            {
                _block.Decode(_bits, _level);
                return true;
            }

            if (mark != EndMark)
                throw new InvalidDataException("bzip2: neither a block nor the end where one must be");

            _ = _bits.Read(32);
            _bits.Align();
            if (Begin(first: false))
                continue;

            _ended = true;
            return false;
        }
    }

    // Several compressed streams may follow each other in one file.
    private bool Begin(bool first)
    {
        if (_bits.IsAtEnd)
            return first ? throw new InvalidDataException("bzip2: the file is empty") : false;

        if (_bits.Read(24) != 0x425A68)
            throw new InvalidDataException("bzip2: no header where one must be");

        _level = _bits.Read(8) - '0';
        return _level is >= 1 and <= 9 ? true : throw new InvalidDataException("bzip2: unknown block size");
    }
}
