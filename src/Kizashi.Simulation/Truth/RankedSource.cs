using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Truth;

/// <summary>A source of a day as it competes for the top.</summary>
internal readonly record struct RankedSource(Address Source, long Packets, int Ports, long FirstMillis, long LastMillis)
{
    /// <summary>Worse first: fewer packets, then fewer ports, then the higher address.</summary>
    public static int ByPackets(RankedSource left, RankedSource right)
    {
        var first = left.Packets.CompareTo(right.Packets);
        return first != 0 ? first : ByAddress(left, right, left.Ports.CompareTo(right.Ports));
    }

    /// <summary>Worse first: fewer ports, then fewer packets, then the higher address.</summary>
    public static int ByPorts(RankedSource left, RankedSource right)
    {
        var first = left.Ports.CompareTo(right.Ports);
        return first != 0 ? first : ByAddress(left, right, left.Packets.CompareTo(right.Packets));
    }

    private static int ByAddress(RankedSource left, RankedSource right, int second) =>
        second != 0 ? second : right.Source.CompareTo(left.Source);
}
