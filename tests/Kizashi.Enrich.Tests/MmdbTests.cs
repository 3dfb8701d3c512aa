using CsCheck;
using Kizashi.Core.Addresses;
using Kizashi.Enrich.Mmdb;
using Kizashi.Simulation.Addressing;
using Kizashi.Testing;

namespace Kizashi.Enrich.Tests;

public sealed class MmdbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_publishers_own_library_reads_what_the_writer_writes_as_we_do()
    {
        var plan = AddressPlan.Create(seed: 3);
        var path = plan.Write(_folder.Path).Mmdb;
        using var library = new MaxMind.Db.Reader(path, MaxMind.Db.FileAccessMode.Memory);
        using var book = AddressBook.Open(new EnrichOptions { Mmdb = [path] });

        Assert.Equal(6, library.Metadata.IPVersion);
        Gen.UInt.Sample(number =>
        {
            var address = Address.FromV4(number | 0xF0000000);
            Assert.Equal(Asn(address), book.Lookup(address).Asn);
        });
        foreach (var network in plan.Networks)
        {
            Assert.Equal(network.Asn, Asn(network.Prefix.First));
            Assert.Equal(network.Asn, Asn(network.Prefix.Last));
            var record = library.Find<Dictionary<string, object>>(network.Prefix.Last.ToIPAddress(), out var length)!;
            Assert.Equal(network.Prefix.Length, length);
            Assert.Equal(network.Country, ((Dictionary<string, object>)record["country"])["iso_code"]);
            Assert.Equal(network.AsName, record["autonomous_system_organization"]);
        }

        uint Asn(Address address) =>
            library.Find<Dictionary<string, object>>(address.ToIPAddress())?["autonomous_system_number"] is { } asn
                ? Convert.ToUInt32(asn, System.Globalization.CultureInfo.InvariantCulture)
                : 0;
    }

    [Fact]
    public void Changed_bytes_give_a_named_damage_or_a_table_and_never_an_exception()
    {
        var file = File.ReadAllBytes(AddressPlan.Create(seed: 4).Write(_folder.Path).Mmdb);
        // Half of the changes go into the metadata at the end, where they matter most.
        var place = Gen.OneOf(Gen.Int[0, file.Length - 1], Gen.Int[file.Length - 400, file.Length - 1]);
        Gen.Select(Gen.Select(place, Gen.Byte).Array[1, 8], Gen.Int[0, file.Length]).Sample((changes, cut) =>
        {
            var mutated = (cut % 4 == 0 ? file[..cut] : file).ToArray();
            foreach (var (at, value) in changes.Where(change => change.Item1 < mutated.Length))
                mutated[at] = value;

            if (MmdbFile.Open("x", mutated, out var damage) is not { } mmdb)
            {
                Assert.NotNull(damage);
                return;
            }

            _ = mmdb.Walk("x", leaf =>
            {
                if (mmdb.Record("x", leaf.Record, out _) is { } record)
                    _ = MmdbFields.Of(record);

                return true;
            });
        }, iter: 3_000);
    }
}
