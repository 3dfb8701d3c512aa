using System.IO.Compression;
using ZstdSharp;

namespace Kizashi.Wire.Capture;

/// <summary>Creates pcap files, compressed as their name says.</summary>
public static class CaptureWriter
{
    /// <summary>Zstd's level 3 is its default; higher ones gain little on packets.</summary>
    private const int ZstdLevel = 3;

    /// <summary>Creates or replaces a file; the name ends in .zst or .gz for a compressed one.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static PcapWriter Create(string path, LinkType link = LinkType.Ethernet, bool nanoseconds = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        return new PcapWriter(Compress(file, path), link, nanoseconds);
    }

    private static Stream Compress(FileStream file, string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".ZST" or ".ZSTD" => new CompressionStream(file, ZstdLevel, leaveOpen: false),
        ".GZ" => new GZipStream(file, CompressionLevel.Fastest),
        _ => file,
    };
}
