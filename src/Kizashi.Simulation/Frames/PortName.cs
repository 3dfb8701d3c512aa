using System.Globalization;

namespace Kizashi.Simulation.Frames;

/// <summary>A protocol and port such as tcp/23; for ICMP the type.</summary>
internal readonly record struct PortName(byte Protocol, ushort Number)
{
    private static readonly string[] TcpNames = Names("tcp");
    private static readonly string[] UdpNames = Names("udp");

    public string Text => Protocol switch
    {
        6 => TcpNames[Number],
        17 => UdpNames[Number],
        _ => string.Create(CultureInfo.InvariantCulture, $"icmp/{Number}"),
    };

    /// <summary>The same question in the other family: an echo request is type 8 in ICMP and 128 in ICMPv6.</summary>
    public PortName In(bool v6) => Protocol == 1 ? this with { Number = v6 ? (ushort)128 : (ushort)8 } : this;

    public bool HasPorts => Protocol != 1;

    public static bool TryParse(string? text, out PortName port)
    {
        port = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !ushort.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        byte protocol = text.AsSpan(0, slash) switch
        {
            "tcp" => 6,
            "udp" => 17,
            "icmp" => 1,
            _ => 0,
        };
        port = new PortName(protocol, number);
        return protocol != 0 && (protocol == 1 ? number is 8 or 128 : number != 0);
    }

    /// <exception cref="FormatException">The text is no such name.</exception>
    public static PortName Parse(string text) =>
        TryParse(text, out var port) ? port : throw new FormatException($"'{text}' is not a port such as tcp/23, udp/53 or icmp/8.");

    private static string[] Names(string protocol) =>
        [.. Enumerable.Range(0, 65536).Select(port => string.Create(CultureInfo.InvariantCulture, $"{protocol}/{port}"))];
}
