using System.IO.Compression;
using System.Security.Cryptography;

namespace Kizashi.Portal.Assets;

/// <summary>One file that the pages load, compressed once.</summary>
internal sealed class Asset
{
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public Asset(string path, byte[] bytes)
    {
        Path = path;
        Bytes = bytes;
        ETag = '"' + Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16)) + '"';
        ContentType = TypeOf(path);
        _brotli = new(() => Compress(stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
        _gzip = new(() => Compress(stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
    }

    public string Path { get; }

    public byte[] Bytes { get; }

    public byte[] Brotli => _brotli.Value;

    public byte[] Gzip => _gzip.Value;

    public string ETag { get; }

    public string ContentType { get; }

    private static string TypeOf(string path) => System.IO.Path.GetExtension(path) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "text/plain; charset=utf-8",
    };

    private byte[] Compress(Func<Stream, Stream> wrap)
    {
        using var buffer = new MemoryStream();
        using (var compressor = wrap(buffer))
            compressor.Write(Bytes);
        return buffer.ToArray();
    }
}
