using CsCheck;
using Kizashi.Core.Addresses;
using Kizashi.Warn.KnownScanners;

namespace Kizashi.Warn.Tests.KnownScanners;

public sealed class KnownScannerListTests
{
    [Fact]
    public void Lines_are_a_prefix_and_a_name()
    {
        var scanners = KnownScannerList.Parse(
            ["# survey projects", "", "192.0.2.0/24 Example Survey", "2001:db8::/32\tSix", "198.51.100.1 One"], out var faults);

        Assert.Empty(faults);
        Assert.Equal(["Example Survey", "Six", "One"], scanners.Select(scanner => scanner.Name));
    }

    [Fact]
    public void All_faulty_lines_are_listed_at_once()
    {
        KnownScannerList.Parse(["192.0.2.0/33 A", "192.0.2.0/24", "nonsense", "192.0.2.0/24 Good"], out var faults);
        Assert.Equal(["line 1", "line 2", "line 3"], faults.Select(fault => fault.Split(':')[0]));
    }

    [Fact]
    public void The_longest_prefix_names_an_address_as_a_search_of_all_would() =>
        Gen.Select(Gen.UInt[0, 255], Gen.Int[24, 32]).Array[0, 20].SelectMany(
            prefixes => Gen.UInt[0, 255].Select(low => (prefixes, low))).Sample(pair =>
            {
                var scanners = pair.prefixes
                    .Select(item => new Prefix(Address.FromV4(0xC0000200u + item.Item1), item.Item2))
                    .Distinct()
                    .Select(prefix => new KnownScanner(prefix, prefix.ToString()))
                    .ToList();
                var list = new KnownScannerList();
                list.Replace(scanners);
                var address = Address.FromV4(0xC0000200u + pair.low);
                var expected = scanners.Where(scanner => scanner.Prefix.Contains(address))
                    .MaxBy(scanner => scanner.Prefix.Length)?.Name;
                return list.NameOf(address) == expected;
            });

    [Fact]
    public void Families_are_kept_apart()
    {
        var list = new KnownScannerList();
        list.Replace([new KnownScanner(Prefix.Parse("::/0"), "all of six")]);
        Assert.Null(list.NameOf(Address.Parse("192.0.2.1")));
        Assert.Equal("all of six", list.NameOf(Address.Parse("2001:db8::1")));
    }
}
