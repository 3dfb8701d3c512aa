using System.Security.Cryptography;
using System.Text;

namespace Kizashi.Portal.Assets;

/// <summary>
/// Every file that the pages load: embedded in the assembly, so that a single executable serves them.
/// </summary>
internal sealed class AssetCatalog
{
    private const string Prefix = "asset/";
    private readonly Dictionary<string, Asset> _assets;

    public AssetCatalog()
    {
        var assembly = typeof(AssetCatalog).Assembly;
        _assets = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly.GetManifestResourceStream(name)!, name[Prefix.Length..].Replace('\\', '/')))
            .ToDictionary(asset => asset.Path, StringComparer.Ordinal);
        var tags = string.Concat(
            _assets.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.ETag));
        Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(tags)).AsSpan(0, 6));
    }

    /// <summary>
    /// Changes whenever any file does; it stands in each address, so that browsers may keep the files for good.
    /// </summary>
    public string Version { get; }

    public IReadOnlyCollection<Asset> All => _assets.Values;

    public Asset? Find(string path) => _assets.GetValueOrDefault(path);

    public string Url(string path) => $"/assets/{Version}/{path}";

    private static Asset Read(Stream stream, string path)
    {
        using (stream)
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new Asset(path, bytes);
        }
    }
}
