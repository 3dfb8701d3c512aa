namespace Kizashi.Enrich.Text;

/// <summary>Reads the lines of a text as bytes; a line may not be longer than the buffer.</summary>
internal sealed class LineReader(Stream stream)
{
    public const int MostLineBytes = 16 * 1024;

    private readonly byte[] _buffer = new byte[4 * MostLineBytes];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Byte offset of the line given last.</summary>
    public long Offset { get; private set; }

    /// <summary>True when a line was too long, and reading stopped.</summary>
    public bool IsTooLong { get; private set; }

    private long Consumed { get; set; }

    /// <summary>The next line without its end; false at the end.</summary>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf((byte)'\n');
            if (length < 0 && _ended)
                length = rest.Length;

            if (length > MostLineBytes || (length < 0 && rest.Length > MostLineBytes))
            {
                IsTooLong = true;
                Offset = Consumed;
                return false;
            }

            if (length >= 0)
            {
                if (rest.IsEmpty)
                    return false;

                Offset = Consumed;
                var taken = Math.Min(length + 1, rest.Length);
                _start += taken;
                Consumed += taken;
                line = rest[..length].TrimEnd((byte)'\r');
                return true;
            }

            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var got = stream.Read(_buffer, _end, _buffer.Length - _end);
        _ended = got == 0;
        _end += got;
    }
}
