using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Addressing;

/// <summary>The dark addresses of one family, numbered from 0.</summary>
/// <remarks>
/// Of an IPv6 prefix only the addresses that scanners guess are numbered: 2^16 subnets with the interface numbers 1 to 256.
/// </remarks>
internal sealed class DarkSpace
{
    private const int SubnetBits = 16;
    private const int InterfaceBits = 8;

    private readonly UInt128[] _firsts;
    private readonly ulong[] _starts;
    private readonly int[] _interfaceBits;
    private readonly bool _v6;

    public DarkSpace(IReadOnlyList<Prefix> dark, bool v6)
    {
        _v6 = v6;
        // Disjoint ranges, so that no address has two numbers.
        var prefixes = dark.Where(prefix => prefix.IsV4 != v6).ToArray();
        var kept = prefixes
            .Where((prefix, i) => !prefixes.Where((other, j) =>
                j != i && other.Contains(prefix.First) && (other.Length < prefix.Length || (other == prefix && j < i))).Any())
            .Order()
            .ToArray();
        _firsts = [.. kept.Select(prefix => prefix.First.Value)];
        _interfaceBits = [.. kept.Select(InterfaceBitsOf)];
        _starts = new ulong[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            _starts[i] = Size;
            Size += NumberedIn(kept[i]);
        }
    }

    public ulong Size { get; }

    public Address At(ulong number)
    {
        if (_firsts.Length == 1)
            return Locate(0, number);

        var index = Array.BinarySearch(_starts, number);
        if (index < 0)
            index = ~index - 1;

        return Locate(index, number - _starts[index]);
    }

    /// <summary>A step that visits every address before it comes back to the first.</summary>
    public ulong Step(SeededRandom random)
    {
        if (Size < 3)
            return 1;

        while (true)
        {
            var step = 1 + random.Below(Size - 1);
            if (GreatestCommonDivisor(step, Size) == 1)
                return step;
        }
    }

    private static ulong GreatestCommonDivisor(ulong a, ulong b)
    {
        while (b != 0)
            (a, b) = (b, a % b);

        return a;
    }

    private static int InterfaceBitsOf(Prefix prefix)
    {
        var hostBits = prefix.First.Bits - prefix.Length;
        return prefix.IsV4 ? hostBits : Math.Min(hostBits, hostBits > 64 ? InterfaceBits : SubnetBits + InterfaceBits);
    }

    private static ulong NumberedIn(Prefix prefix)
    {
        var subnetBits = prefix.IsV4 ? 0 : Math.Clamp(64 - prefix.Length, 0, SubnetBits);
        return 1UL << (subnetBits + InterfaceBitsOf(prefix));
    }

    private Address Locate(int index, ulong number)
    {
        if (!_v6)
            return new Address(_firsts[index] + number);

        var bits = _interfaceBits[index];
        var subnet = number >> bits;
        var host = (number + 1) & ((1UL << bits) - 1);
        return new Address(_firsts[index] + ((UInt128)subnet << 64) + host);
    }
}
