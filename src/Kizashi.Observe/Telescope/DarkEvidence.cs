using System.Globalization;
using Kizashi.Core.Addresses;
using Kizashi.Wire;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope;

/// <summary>Who sent and who was sent to in the packets looked at, and what that says about which addresses are dark.</summary>
/// <remarks>Bounded by the number of packets looked at.</remarks>
internal sealed class DarkEvidence
{
    // Starting values of our own: a block is taken for dark as a whole once so many of its addresses were sent to; addresses
    // spread over more blocks than that, nearly each in a block of its own, are what one host scanning the Internet sends to.
    private const int DenseBlock4 = 8;
    private const int DenseBlock6 = 4;
    private const int ManyBlocks = 64;
    private const double LonelyAddresses = 2;

    private readonly HashSet<Address> _sources = [];
    private readonly HashSet<Address> _destinations = [];

    public long Packets { get; private set; }

    public void Add(FrameBlock block, ReadOnlySpan<PacketHeader> headers)
    {
        foreach (ref readonly var header in headers[..block.Count])
        {
            Packets++;
            if (header.Status != DecodeStatus.Ok)
                continue;

            if ((header.Traits & PacketTraits.V6) == 0)
            {
                _sources.Add(Address.FromV4(header.Source));
                _destinations.Add(Address.FromV4(header.Destination));
                continue;
            }

            _sources.Add(Address.FromBytes(block.Data.AsSpan(header.IpOffset + 8, 16)));
            _destinations.Add(Address.FromBytes(block.Data.AsSpan(header.IpOffset + 24, 16)));
        }
    }

    public (PrefixSet Dark, bool IsDarknet, string Explanation) Conclude()
    {
        // An address that sends is in use. Groups, broadcast and the like are nobody's.
        var silent = _destinations.Where(address => !_sources.Contains(address) && IsUnicast(address)).ToList();
        if (silent.Count == 0)
            return Everything("every address that is sent to also sends");

        var blocks = silent.GroupBy(BlockOf).ToDictionary(group => group.Key, group => group.ToList());
        if (blocks.Count > ManyBlocks && silent.Count < blocks.Count * LonelyAddresses)
        {
            return Everything(string.Create(
                CultureInfo.InvariantCulture,
                $"{silent.Count:N0} silent destinations are scattered over {blocks.Count:N0} networks, as if hosts here scanned the Internet"));
        }

        var dark = new PrefixSet(Aggregate(blocks.SelectMany(block => PrefixesOf(block.Key, block.Value))), LiveIn(blocks.Keys));
        return (dark, true, Describe(dark));
    }

    private static Prefix BlockOf(Address address) => new(address, address.IsV4 ? 24 : 64);

    private static IEnumerable<Prefix> PrefixesOf(Prefix block, List<Address> addresses) =>
        addresses.Count >= (block.IsV4 ? DenseBlock4 : DenseBlock6)
            ? [block]
            : addresses.Select(Prefix.Of);

    /// <summary>Joins halves into wholes until none are left.</summary>
    private static List<Prefix> Aggregate(IEnumerable<Prefix> prefixes)
    {
        var joined = new List<Prefix>();
        foreach (var prefix in prefixes.Order())
        {
            joined.Add(prefix);
            while (joined.Count > 1 && Join(joined[^2], joined[^1]) is { } whole)
            {
                joined.RemoveRange(joined.Count - 2, 2);
                joined.Add(whole);
            }
        }

        return joined;
    }

    private static Prefix? Join(Prefix left, Prefix right)
    {
        if (left.Length != right.Length || left.Length == 0 || left.IsV4 != right.IsV4)
            return null;

        var whole = new Prefix(left.First, left.Length - 1);
        return left != right && whole == new Prefix(right.First, left.Length - 1) ? whole : null;
    }

    private static bool IsUnicast(Address address)
    {
        if (!address.IsV4)
            return (byte)(address.Value >> 120) != 0xFF && (ushort)(address.Value >> 118) != 0x3FA && address.Value > 1;

        var first = address.V4 >> 24;
        return first is > 0 and < 224 and not 127;
    }

    private (PrefixSet Dark, bool IsDarknet, string Explanation) Everything(string why) => (
        PrefixSet.Everything,
        false,
        string.Create(
            CultureInfo.InvariantCulture,
            $"This does not look like a darknet ({why}; first {Packets:N0} packets), so packets to all addresses are observed; name the dark prefixes with --dark to change that."));

    private IEnumerable<Prefix> LiveIn(IEnumerable<Prefix> blocks)
    {
        var dark = blocks.ToHashSet();
        return _sources.Where(address => dark.Contains(BlockOf(address))).Select(Prefix.Of);
    }

    private string Describe(PrefixSet dark)
    {
        const int Most = 8;
        var names = string.Join(", ", dark.Prefixes.Take(Most));
        if (dark.Prefixes.Count > Most)
            names += string.Create(CultureInfo.InvariantCulture, $" and {dark.Prefixes.Count - Most:N0} more");

        var live = dark.Except.Count == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" without {dark.Except.Count:N0} addresses that answer");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Dark prefixes inferred from the first {Packets:N0} packets: {names}{live}; name them with --dark to be sure.");
    }
}
