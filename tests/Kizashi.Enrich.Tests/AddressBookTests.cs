using System.IO.Compression;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Enrich.Tests;

public sealed class AddressBookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_tables_it_knows_nothing_and_says_which_setting_helps()
    {
        using var book = AddressBook.Open(new EnrichOptions());

        Assert.False(book.IsLoaded);
        Assert.Equal(AddressFacts.Unknown, book.Lookup(Address.Parse("192.0.2.1")));
        Assert.Contains("Enrichment:Mmdb", book.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void The_plan_of_a_simulation_is_found_again_at_both_ends_of_every_network(bool mmdb, bool pfx2as)
    {
        var plan = AddressPlan.Create(seed: 11);
        var files = plan.Write(_folder.Path);
        using var book = AddressBook.Open(new EnrichOptions
        {
            Mmdb = mmdb ? [files.Mmdb] : [],
            Pfx2as = pfx2as ? [files.Pfx2AsV4, files.Pfx2AsV6] : [],
        });

        Assert.True(book.IsLoaded);
        Assert.Empty(book.Damages);
        foreach (var network in plan.Networks)
        {
            var expected = new AddressFacts(
                network.Prefix, network.Asn, mmdb ? network.AsName : "", mmdb ? network.Country : "");
            Assert.Equal(expected, book.Lookup(network.Prefix.First));
            Assert.Equal(expected, book.Lookup(network.Prefix.Last));
        }

        Assert.Equal(AddressFacts.Unknown, book.Lookup(Address.Parse("192.0.2.1")));
        Assert.Equal(AddressFacts.Unknown, book.Lookup(Address.Parse("2001:db8::1")));
    }

    [Fact]
    public void The_longest_prefix_wins_and_compressed_files_are_read()
    {
        var path = _folder.File("routes.pfx2as.gz");
        using (var stream = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            stream.Write("10.0.0.0\t8\t64500\n10.1.0.0\t16\t64501_64502\n10.1.2.0\t24\t64503,64504\n10.1.2.128\t32\t{64505,64506}\n");
            stream.Write("2001:db8::\t32\t65550\n2001:db8:1::\t48\t4200000001\n");
        }

        using var book = AddressBook.Open(new EnrichOptions { Pfx2as = [path] });

        Assert.Equal("10.0.0.0/8 64500", Text("10.0.255.255"));
        Assert.Equal("10.1.0.0/16 64501", Text("10.1.1.255"));
        Assert.Equal("10.1.2.0/24 64503", Text("10.1.2.0"));
        Assert.Equal("10.1.2.128/32 64505", Text("10.1.2.128"));
        Assert.Equal("10.1.2.0/24 64503", Text("10.1.2.129"));
        Assert.Equal("10.1.0.0/16 64501", Text("10.1.3.0"));
        Assert.Equal("10.0.0.0/8 64500", Text("10.2.0.0"));
        Assert.Equal(" 0", Text("11.0.0.0"));
        Assert.Equal("2001:db8::/32 65550", Text("2001:db8:0:ffff::"));
        Assert.Equal("2001:db8:1::/48 4200000001", Text("2001:db8:1::5"));
        Assert.Equal("2001:db8::/32 65550", Text("2001:db8:2::"));

        string Text(string address)
        {
            var facts = book.Lookup(Address.Parse(address));
            return $"{facts.Prefix} {facts.Asn}";
        }
    }

    [Fact]
    public void A_damaged_file_is_named_with_offset_and_reason_and_the_others_are_used()
    {
        var good = _folder.File("good.pfx2as");
        var bad = _folder.File("bad.pfx2as");
        File.WriteAllText(good, "192.0.2.0\t24\t64500\n");
        File.WriteAllText(bad, "198.51.100.0\t24\t64501\n198.51.100.0\t33\t64501\n");
        using var book = AddressBook.Open(new EnrichOptions { Pfx2as = [bad, good], Mmdb = [good], Mrt = [_folder.File("absent")] });

        Assert.Equal(64500u, book.Lookup(Address.Parse("192.0.2.1")).Asn);
        Assert.Equal(0u, book.Lookup(Address.Parse("198.51.100.1")).Asn);
        Assert.Equal(3, book.Damages.Count);
        Assert.Contains(book.Damages, damage => damage.File == bad && damage.Offset == 22);
        Assert.Contains("bad.pfx2as: damaged at byte 22", book.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_ends_too_early_is_refused_as_a_whole()
    {
        var whole = new MemoryStream();
        using (var stream = new StreamWriter(new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true)))
        {
            for (var i = 0; i < 5_000; i++)
                stream.Write(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"10.{i >> 8}.{i & 255}.0\t24\t{64500 + (i % 7)}\n"));
        }

        var path = _folder.File("cut.gz");
        File.WriteAllBytes(path, whole.ToArray()[..((int)whole.Length / 2)]);
        using var book = AddressBook.Open(new EnrichOptions { Pfx2as = [path] });

        Assert.False(book.IsLoaded);
        Assert.Equal(path, Assert.Single(book.Damages).File);
    }

    [Fact]
    public void A_changed_file_is_loaded_again_and_a_damaged_change_keeps_the_old_table()
    {
        var clock = new FakeTimeProvider();
        var path = _folder.File("t.pfx2as");
        File.WriteAllText(path, "192.0.2.0\t24\t64500\n");
        using var book = AddressBook.Open(new EnrichOptions { Pfx2as = [path] }, clock);
        var address = Address.Parse("192.0.2.1");

        File.WriteAllText(path, "192.0.2.0\t24\t64501 \n");
        Assert.Equal(64500u, book.Lookup(address).Asn);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(64501u, book.Lookup(address).Asn);

        File.WriteAllText(path, "nonsense nonsense\n");
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(64501u, book.Lookup(address).Asn);
    }

    [Fact]
    public void Names_of_AS_are_read_in_their_usual_forms()
    {
        var routes = _folder.File("t.pfx2as");
        var names = _folder.File("names.txt");
        File.WriteAllText(routes, "192.0.2.0\t24\t64500\n198.51.100.0\t24\t64501\n203.0.113.0\t24\t64502\n");
        File.WriteAllText(names, "64500 EXAMPLE-A Example, JP\nAS64501,Example B\n# format:aut|changed|aut_name|org_id|opaque_id|source\n64502|20260101|EXAMPLE-C|ORG-C||IANA\n");
        using var book = AddressBook.Open(new EnrichOptions { Pfx2as = [routes], AsNames = [names] });

        Assert.Equal("EXAMPLE-A Example, JP", book.Lookup(Address.Parse("192.0.2.1")).AsName);
        Assert.Equal("Example B", book.Lookup(Address.Parse("198.51.100.1")).AsName);
        Assert.Equal("EXAMPLE-C", book.Lookup(Address.Parse("203.0.113.1")).AsName);
    }
}
