using Kizashi.Wire.Capture.Compression;

namespace Kizashi.Wire.Capture;

/// <summary>Opens pcap and pcapng captures, plain or compressed with gzip or zstd; what they are is told from their content.</summary>
public static class CaptureFile
{
    /// <exception cref="IOException">The file cannot be opened. Damage inside is no exception, see <see cref="IFrameSource.Damage"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    public static IFrameSource Open(string path, CaptureOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // No buffer of its own: reads go straight into the block.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Open(stream, path, options);
    }

    /// <summary>Reads a stream, such as standard input, to its end; it is disposed of with the source.</summary>
    /// <param name="stream">Need not be seekable.</param>
    /// <param name="name">For people.</param>
    /// <param name="options">The defaults if absent.</param>
    public static IFrameSource Open(Stream stream, string name, CaptureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= CaptureOptions.Default;
        var waits = stream.CanSeek || options.Patience is null;
        return new CaptureReader(waits ? ByteSource.Open(stream) : new PatientBytes(stream), name, options);
    }

    /// <summary>Tells from the first bytes whether a file is a capture; false also for one that cannot be read.</summary>
    public static bool IsCapture(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = ByteSource.Open(file);
            Span<byte> magic = stackalloc byte[4];
            var read = 0;
            while (read < magic.Length && bytes.Read(magic[read..]) is > 0 and var more)
                read += more;

            return read == magic.Length && CaptureReader.ParserFor(magic) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
