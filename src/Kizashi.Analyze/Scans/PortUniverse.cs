using Kizashi.Analyze.Tables;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Scans;

/// <summary>Numbers TCP and UDP ports as one range, 0..131071: TCP first.</summary>
internal static class PortUniverse
{
    /// <summary>The range as an index for bitmaps; ports stand in for addresses 0.0.0.0 and up.</summary>
    public static DarkIndex Index { get; } = new(new PrefixSet([new Prefix(Address.FromV4(0), 15)]));

    /// <summary>The number of a port of a traffic type, -1 where the type has no ports.</summary>
    public static int NumberOf(byte type, ushort port) =>
        !TrafficTypes.HasPorts(type) ? -1 : type == (byte)TrafficType.Udp ? 0x10000 + port : port;
}
