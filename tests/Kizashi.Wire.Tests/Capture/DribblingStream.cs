namespace Kizashi.Wire.Tests.Capture;

/// <summary>Gives content in reads of random sizes, as pipes do, and is not seekable.</summary>
public sealed class DribblingStream : Stream
{
    private readonly MemoryStream _inner;
    private readonly Random _random;
    private readonly int _most;

    public DribblingStream(byte[] content, int seed, int most)
    {
        _inner = new MemoryStream(content);
        _random = new Random(seed);
        _most = most;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => _inner.Read(buffer[..Math.Min(buffer.Length, _random.Next(1, _most + 1))]);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _inner.Dispose();
        base.Dispose(disposing);
    }
}
