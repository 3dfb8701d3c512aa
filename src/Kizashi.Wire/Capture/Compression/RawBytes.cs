using System.Buffers.Binary;

namespace Kizashi.Wire.Capture.Compression;

/// <summary>A stream's bytes as they are; input errors of the operating system end them with a failure.</summary>
internal sealed class RawBytes : ByteSource
{
    private readonly Stream _stream;
    private readonly byte[] _head = new byte[4];
    private int _headStart;
    private int _headEnd;

    public RawBytes(Stream stream) => _stream = stream;

    public override double? Progress
    {
        get
        {
            if (!_stream.CanSeek)
                return null;

            var length = _stream.Length;
            return length == 0 ? 1 : Math.Min(1, (double)_stream.Position / length);
        }
    }

    /// <summary>The first four bytes, little-endian, 0 for those that are not there; they are given again by <see cref="Read"/>.</summary>
    public uint Peek()
    {
        while (_headEnd < _head.Length)
        {
            var read = ReadStream(_head.AsSpan(_headEnd));
            if (read == 0)
                break;

            _headEnd += read;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(_head);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_headStart == _headEnd)
            return ReadStream(buffer);

        var given = Math.Min(buffer.Length, _headEnd - _headStart);
        _head.AsSpan(_headStart, given).CopyTo(buffer);
        _headStart += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
    }

    private int ReadStream(Span<byte> buffer)
    {
        if (Failure is not null)
            return 0;

        try
        {
            return _stream.Read(buffer);
        }
        catch (IOException e)
        {
            Failure = $"cannot be read: {e.Message}";
            return 0;
        }
    }
}
