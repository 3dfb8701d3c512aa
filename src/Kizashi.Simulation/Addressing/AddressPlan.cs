using System.Globalization;
using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Addressing;

/// <summary>The invented Internet from which simulated traffic comes: prefixes, AS and countries that a seed fixes.</summary>
public sealed class AddressPlan
{
    private const int Slots = 240;
    private const int HostingNetworks = 8;
    private const uint HalfSlot = 1 << 19;

    /// <summary>From this number on AS belong to survey projects; nobody else sends from their networks.</summary>
    internal const uint FirstHostingAsn = 4200009000;

    private static readonly string[] Kinds =
        ["Telecom", "Broadband", "Hosting", "Cloud", "University", "Mobile", "Cable", "Datacenter"];

    // Roughly by how many addresses of each country darknets see.
    private static readonly string[] Countries =
    [
        "CN", "CN", "CN", "CN", "US", "US", "US", "US", "IN", "IN", "IN", "BR", "BR", "BR", "RU", "RU", "VN", "VN", "TW", "TW",
        "KR", "KR", "JP", "JP", "DE", "DE", "NL", "NL", "GB", "GB", "FR", "IR", "IR", "TR", "TR", "ID", "ID", "TH", "UA", "EG",
        "ZA", "MX", "AR", "CO", "PH", "MY", "SG", "HK", "AU", "CA", "IT", "ES", "PL", "RO", "BG", "SE", "FI", "GR", "PK", "BD",
        "SA", "AE", "IL", "KZ", "NG", "KE", "MA", "TN", "CL", "PE", "VE", "EC", "CZ", "HU", "CH", "AT", "BE", "PT", "NO", "NZ",
    ];

    private AddressPlan(IReadOnlyList<PlannedNetwork> networks) => Networks = networks;

    /// <summary>Disjoint, in ascending order, IPv4 first.</summary>
    public IReadOnlyList<PlannedNetwork> Networks { get; }

    public static AddressPlan Create(ulong seed)
    {
        var random = new SeededRandom(seed, 0x504C414E);
        var networks = new List<PlannedNetwork>(Slots * 2);
        var members = new List<(uint Asn, string Name, string Country)>();
        var hosting = 0;
        for (var slot = 0; slot < Slots; slot++)
        {
            // Three quarters of the slots found an AS, the rest joins one that is there.
            if (members.Count == 0 || random.Below(4) > 0)
                members.Add(Found(members.Count, random));

            var (asn, name, country) = members[slot % 4 == 3 ? random.Below(members.Count) : members.Count - 1];
            var first = (uint)(0xF0000000 + ((uint)slot << 20));
            var length = 12 + random.Below(2);
            networks.Add(new PlannedNetwork(new Prefix(Address.FromV4(first), length), asn, name, country));
            // The other half of a slot is free when its network is a /13.
            if (length == 13 && hosting < HostingNetworks)
                networks.Add(Host(hosting++, first + HalfSlot));
        }

        for (var i = 0; i < members.Count; i++)
        {
            var first = new Address(((UInt128)0x3FFF << 112) + ((UInt128)(i + 1) << 96));
            networks.Add(new PlannedNetwork(new Prefix(first, 32), members[i].Asn, members[i].Name, members[i].Country));
        }

        return new AddressPlan(networks);
    }

    public PlannedNetwork? Find(Address address) => Networks.FirstOrDefault(network => network.Prefix.Contains(address));

    /// <summary>Writes plan.pfx2as (IPv4), plan6.pfx2as (IPv6) and plan.mmdb into a folder, which is made if absent.</summary>
    /// <returns>Full paths of the three files.</returns>
    public AddressPlanFiles Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new AddressPlanFiles(
            Path.Combine(folder, "plan.pfx2as"), Path.Combine(folder, "plan6.pfx2as"), Path.Combine(folder, "plan.mmdb"));
        File.WriteAllLines(files.Pfx2AsV4, Lines(v4: true));
        File.WriteAllLines(files.Pfx2AsV6, Lines(v4: false));
        using var stream = File.Create(files.Mmdb);
        MmdbWriter.Write(Networks, stream);
        return files;
    }

    private static (uint Asn, string Name, string Country) Found(int number, SeededRandom random)
    {
        var asn = number switch
        {
            < 16 => 64496u + (uint)number,
            < 32 => 65536u + (uint)(number - 16),
            _ => 4200000000u + (uint)number,
        };
        var kind = Kinds[random.Below(Kinds.Length)];
        var name = string.Create(CultureInfo.InvariantCulture, $"Example {kind} {number + 1} (simulated)");
        return (asn, name, Countries[random.Below(Countries.Length)]);
    }

    private static PlannedNetwork Host(int number, uint first)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Example Survey {number + 1} (simulated)");
        return new PlannedNetwork(new Prefix(Address.FromV4(first), 16), FirstHostingAsn + (uint)number, name, Countries[number * 7]);
    }

    private IEnumerable<string> Lines(bool v4) =>
        from network in Networks
        where network.Prefix.IsV4 == v4
        select string.Create(
            CultureInfo.InvariantCulture, $"{network.Prefix.First}\t{network.Prefix.Length}\t{network.Asn}");
}
