namespace Kizashi.Wire.Tests.Capture;

/// <summary>A pcap file of a given length whose records repeat.</summary>
public sealed class RepeatedCaptureStream : Stream
{
    private readonly byte[] _head = CaptureBytes.Pcap([]);
    private readonly byte[] _records = CaptureBytes.Pcap(TestFrame.Series(1000))[24..];
    private readonly long _length;
    private long _position;

    public RepeatedCaptureStream(long length) => _length = length - (length % 76) + 24;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var isHead = _position < _head.Length;
        var from = isHead ? _head.AsSpan((int)_position) : _records.AsSpan((int)((_position - _head.Length) % _records.Length));
        var length = (int)Math.Min(Math.Min(buffer.Length, from.Length), _length - _position);
        from[..length].CopyTo(buffer);
        _position += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
