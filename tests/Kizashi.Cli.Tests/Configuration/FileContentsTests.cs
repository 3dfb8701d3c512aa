using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kizashi.Cli.Configuration;
using Kizashi.Simulation.Addressing;
using Kizashi.Testing;

namespace Kizashi.Cli.Tests.Configuration;

/// <summary>`kizashi config --check` reads the files that the settings name.</summary>
public sealed class FileContentsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Files_that_are_what_they_should_be_have_no_fault()
    {
        var tables = AddressPlan.Create(seed: 5).Write(_folder.Path);
        var loaded = ConfigurationLoader.Check(
            null,
            [
                new("Enrichment:Mmdb", tables.Mmdb),
                new("Enrichment:Pfx2as", $"{tables.Pfx2AsV4},{tables.Pfx2AsV6}"),
                new("Enrichment:AsNames", Write("names.txt", "64500 EXAMPLE-NET")),
                new("KnownScanners:Files", Write("scanners.txt", "# ours\n192.0.2.0/24 Example Survey\n")),
                new("Center:Certificate", Write("center.pem", Pem(withKey: true))),
            ]);
        Assert.Equal(tables.Mmdb, Assert.Single(loaded.Enrichment.Mmdb));
    }

    [Fact]
    public void Every_file_that_is_something_else_is_named_at_once_and_the_other_faults_too()
    {
        var letter = Write("letter.txt", "Dear operator, this is no table at all.\n");
        var broken = Write("scanners.txt", "192.0.2.0/24 Example Survey\n192.0.2.0/33 Wrong\nhello\n");
        var unpacked = _folder.File("rib.bz2");
        File.WriteAllBytes(unpacked, [.. "BZh91AY&SY"u8, 1, 2, 3, 4, 5, 6, 7, 8]);
        string[] expected =
        [
            $"Enrichment:Mmdb: {letter}", $"Enrichment:Pfx2as: {letter}", $"Enrichment:Mrt: {letter}", $"Enrichment:Mrt: {unpacked}",
            $"Enrichment:AsNames: {letter}", $"KnownScanners:Files: {broken}: line 2", $"KnownScanners:Files: {broken}: line 3",
            $"Center:Certificate {letter}", "Telescope:Shards is 0", "there is no file '/nowhere.mmdb'",
        ];
        var fault = Assert.Throws<ConfigurationFaultException>(() => ConfigurationLoader.Check(
            null,
            [
                new("Enrichment:Mmdb", $"{letter},/nowhere.mmdb"), new("Enrichment:Pfx2as", letter),
                new("Enrichment:Mrt", $"{letter},{unpacked}"), new("Enrichment:AsNames", letter),
                new("KnownScanners:Files", broken), new("Center:Certificate", letter), new("Telescope:Shards", "0"),
            ]));
        Assert.All(expected, part => Assert.Contains(fault.Faults, text => text.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, fault.Faults.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_certificate_without_its_key_is_a_fault(bool pem)
    {
        var path = pem ? Write("center.pem", Pem(withKey: false)) : _folder.File("center.p12");
        if (!pem)
        {
            using var bare = X509Certificate2.CreateFromPem(Pem(withKey: false));
            File.WriteAllBytes(path, bare.Export(X509ContentType.Pkcs12));
        }

        var fault = Assert.Throws<ConfigurationFaultException>(() => ConfigurationLoader.Check(null, [new("Center:Certificate", path)]));
        Assert.Contains(path, Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_cut_short_is_a_fault()
    {
        var path = _folder.File("routes.gz");
        var whole = new MemoryStream();
        using (var stream = new StreamWriter(new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true)))
            stream.Write("192.0.2.0\t24\t64500\n");

        File.WriteAllBytes(path, whole.ToArray()[..^6]);
        var fault = Assert.Throws<ConfigurationFaultException>(() => ConfigurationLoader.Check(null, [new("Enrichment:Pfx2as", path)]));
        Assert.Contains("Enrichment:Pfx2as", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_wrong_lines_are_counted_after_the_first_ten()
    {
        var path = Write("scanners.txt", string.Concat(Enumerable.Repeat("wrong\n", 25)));
        var fault = Assert.Throws<ConfigurationFaultException>(() => ConfigurationLoader.Check(null, [new("KnownScanners:Files", path)]));
        Assert.Equal(11, fault.Faults.Count);
        Assert.Contains("and 15 more", fault.Faults[^1], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Pem(bool withKey)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem() + (withKey ? "\n" + key.ExportPkcs8PrivateKeyPem() : "");
    }

    private string Write(string name, string text)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
