using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Addressing;

/// <summary>All addresses of the plan that may send, numbered; neighbors in number lie far apart.</summary>
internal sealed class SourceSpace
{
    // Hosts .0 and .255 look forged to spoof filters.
    private const uint HostsPerBlock = 254;
    private const int IndexShift = 16;

    private readonly uint[] _firsts;
    private readonly ulong[] _starts;
    private readonly Address[] _v6;
    private readonly ulong _sizeV4;
    private readonly ulong _multiplier;
    private readonly int[] _index;
    private readonly uint[] _hosting;
    private ulong _taken;
    private uint _blocks;

    public SourceSpace(AddressPlan plan)
    {
        var v4 = plan.Networks.Where(network => network.Prefix.IsV4 && network.Asn < AddressPlan.FirstHostingAsn).ToArray();
        _hosting = [.. plan.Networks
            .Where(network => network.Prefix.IsV4 && network.Asn >= AddressPlan.FirstHostingAsn)
            .Select(network => network.Prefix.First.V4)];
        _firsts = [.. v4.Select(network => network.Prefix.First.V4)];
        _starts = new ulong[v4.Length];
        for (var i = 0; i < v4.Length; i++)
        {
            _starts[i] = _sizeV4;
            _sizeV4 += ((ulong)v4[i].Prefix.Size >> 8) * HostsPerBlock;
        }

        _v6 = [.. plan.Networks.Where(network => !network.Prefix.IsV4).Select(network => network.Prefix.First)];
        _index = IndexOf(_starts, _sizeV4);
        _multiplier = CoprimeNear((ulong)(_sizeV4 * 0.6180339887498949), _sizeV4);
    }

    /// <summary>Numbers not yet taken.</summary>
    public ulong Left => _sizeV4 - _taken;

    /// <summary>Sets so many numbers aside and returns the first; nobody else gets them.</summary>
    public ulong Take(ulong count)
    {
        var first = _taken;
        _taken += count;
        return first;
    }

    /// <summary>So many addresses of survey projects, neighbors in /24s that nobody else gets.</summary>
    public Address[] TakeNeighbors(int count)
    {
        var addresses = new Address[count];
        for (var i = 0; i < count; i++)
        {
            var host = (uint)i % HostsPerBlock;
            if (host == 0)
                _blocks++;

            // A network has 256 such blocks; past the last they are shared.
            var block = (_blocks - 1) % ((uint)_hosting.Length * 256);
            addresses[i] = Address.FromV4(_hosting[block % _hosting.Length] + (block / (uint)_hosting.Length * 256) + 1 + host);
        }

        return addresses;
    }

    public Address At(ulong number, bool v6) => v6 ? AtV6(number) : AtV4(number);

    private Address AtV4(ulong number)
    {
        var place = number % _sizeV4 * _multiplier % _sizeV4;
        var index = _index[(int)(place >> IndexShift)];
        while (index + 1 < _starts.Length && _starts[index + 1] <= place)
            index++;

        var offset = (uint)(place - _starts[index]);
        return Address.FromV4(_firsts[index] + (offset / HostsPerBlock * 256) + 1 + (offset % HostsPerBlock));
    }

    private Address AtV6(ulong number)
    {
        // The interface part is a bijection of the number, so different numbers are different addresses.
        var network = _v6[(int)(number % (ulong)_v6.Length)];
        return new Address(network.Value + ((UInt128)(number % 977) << 64) + SeededRandom.Mix(number + 0xA5A5));
    }

    // The network in which each stretch of places begins; the next one is at most a step away.
    private static int[] IndexOf(ulong[] starts, ulong size)
    {
        var index = new int[(int)(size >> IndexShift) + 1];
        for (int stretch = 0, at = 0; stretch < index.Length; stretch++)
        {
            while (at + 1 < starts.Length && starts[at + 1] <= (ulong)stretch << IndexShift)
                at++;

            index[stretch] = at;
        }

        return index;
    }

    private static ulong CoprimeNear(ulong candidate, ulong size)
    {
        while (true)
        {
            var (a, b) = (candidate, size);
            while (b != 0)
                (a, b) = (b, a % b);

            if (a == 1)
                return candidate;

            candidate++;
        }
    }
}
