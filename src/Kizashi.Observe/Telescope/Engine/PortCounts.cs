using System.Runtime.CompilerServices;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Packets by port.</summary>
/// <remarks>
/// The lowest eight bits of each count lie together in 64 KB, which stay in the cache; only each 256th packet of a port touches the rest.
/// With eight bytes a port, packets to random ports made this the costliest line of dealing.
/// </remarks>
internal sealed class PortCounts
{
    private const int Ports = 65536;

    private readonly byte[] _low = new byte[Ports];
    private readonly long[] _high = new long[Ports];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(ushort port)
    {
        if (++_low[port] == 0)
            _high[port] += byte.MaxValue + 1;
    }

    public void Add(PortCounts other)
    {
        for (var port = 0; port < Ports; port++)
        {
            var sum = _low[port] + other._low[port];
            _low[port] = (byte)sum;
            _high[port] += other._high[port] + (sum & ~byte.MaxValue);
        }
    }

    /// <summary>Packets of each port, the index being the port.</summary>
    public long[] ToArray()
    {
        var counts = new long[Ports];
        for (var port = 0; port < Ports; port++)
            counts[port] = _high[port] + _low[port];

        return counts;
    }
}
