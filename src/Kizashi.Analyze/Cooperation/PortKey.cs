using System.Globalization;

namespace Kizashi.Analyze.Cooperation;

/// <summary>A port as one number: protocol in the upper half, port in the lower; never 0, since no packet has protocol 0 here.</summary>
internal static class PortKey
{
    public static uint Of(byte protocol, ushort port) => ((uint)protocol << 16) | port;

    public static byte ProtocolOf(uint key) => (byte)(key >> 16);

    /// <summary>tcp/23; without the port where the protocol has none.</summary>
    public static string ToText(uint key) => ProtocolOf(key) switch
    {
        1 => "icmp",
        6 => string.Create(CultureInfo.InvariantCulture, $"tcp/{(ushort)key}"),
        17 => string.Create(CultureInfo.InvariantCulture, $"udp/{(ushort)key}"),
        58 => "icmp6",
        var protocol => string.Create(CultureInfo.InvariantCulture, $"protocol-{protocol}"),
    };
}
