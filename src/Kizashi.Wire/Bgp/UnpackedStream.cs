using Kizashi.Wire.Capture.Compression;

namespace Kizashi.Wire.Bgp;

/// <summary>The bytes of a table's file, unpacked if it is gzip, zstd or bzip2. Packed data that is damaged or cut is an <see cref="InvalidDataException"/>.</summary>
public sealed class UnpackedStream : ForwardStream
{
    private readonly ByteSource _source;

    private UnpackedStream(ByteSource source) => _source = source;

    public static Stream Open(string path)
    {
        var stream = File.OpenRead(path);
        Span<byte> head = stackalloc byte[3];
        var got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return got == head.Length && head.SequenceEqual("BZh"u8)
            ? new Bzip2Stream(stream)
            : new UnpackedStream(ByteSource.Open(stream));
    }

    public override int Read(Span<byte> buffer)
    {
        var got = buffer.IsEmpty ? 0 : _source.Read(buffer);
        return got == 0 && _source.Failure is { } failure ? throw new InvalidDataException(failure) : got;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();

        base.Dispose(disposing);
    }
}
