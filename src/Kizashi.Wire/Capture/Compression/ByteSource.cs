namespace Kizashi.Wire.Capture.Compression;

/// <summary>The uncompressed bytes of a file, however they are stored.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Given by <see cref="Read"/> of a source that does not wait for more.</summary>
    public const int NothingYet = -1;

    private const uint GzipMagic = 0x8B1F;
    private const uint ZstdMagic = 0xFD2FB528;
    private const uint SkippableZstdMagic = 0x184D2A50;

    /// <summary>Why the bytes ended before their time; null if they ended well or have not ended.</summary>
    public string? Failure { get; protected set; }

    public abstract double? Progress { get; }

    /// <summary>Tells the compression from the first bytes.</summary>
    public static ByteSource Open(Stream stream)
    {
        var raw = new RawBytes(stream);
        var head = raw.Peek();
        if ((head & 0xFFFF) == GzipMagic)
            return new GzipBytes(raw);

        return head == ZstdMagic || (head & 0xFFFFFFF0) == SkippableZstdMagic ? new ZstdBytes(raw) : raw;
    }

    /// <summary>Gives at least one byte, 0 at the end, or <see cref="NothingYet"/>. Everything before a failure has been given when the end is.</summary>
    public abstract int Read(Span<byte> buffer);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
