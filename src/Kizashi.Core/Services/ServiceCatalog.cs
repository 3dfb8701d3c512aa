using System.Collections.Frozen;
using System.Globalization;

namespace Kizashi.Core.Services;

/// <summary>The house's own dictionary of the ports that attackers look for; services.tsv beside this file is its text.</summary>
public static class ServiceCatalog
{
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte Icmp = 1;
    private const byte IcmpV6 = 58;

    private static readonly FrozenDictionary<(byte Protocol, ushort Port), Service> Services =
        Read().ToFrozenDictionary(service => (service.Protocol, service.Port));

    public static IReadOnlyCollection<Service> All => Services.Values;

    /// <param name="protocol">IANA protocol number.</param>
    /// <param name="port">Destination port; ICMP type for ICMP and ICMPv6.</param>
    /// <returns>Null for a port nobody is known to seek.</returns>
    public static Service? Find(byte protocol, ushort port) => Services.GetValueOrDefault((protocol, port));

    /// <summary>The service's short name, or empty.</summary>
    public static string NameOf(byte protocol, ushort port) => Find(protocol, port)?.Name ?? "";

    /// <summary>A protocol's own name as in tcp/23, its number if it has none here.</summary>
    public static string ProtocolName(byte protocol) => protocol switch
    {
        Tcp => "tcp",
        Udp => "udp",
        Icmp => "icmp",
        IcmpV6 => "icmp6",
        _ => protocol.ToString(CultureInfo.InvariantCulture),
    };

    private static IEnumerable<Service> Read()
    {
        using var stream = typeof(ServiceCatalog).Assembly.GetManifestResourceStream("Kizashi.Core.Services.services.tsv")
            ?? throw new InvalidOperationException("services.tsv is not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;

            var fields = line.Split('\t');
            var slash = fields[0].IndexOf('/', StringComparison.Ordinal);
            var port = ushort.Parse(fields[0].AsSpan(slash + 1), CultureInfo.InvariantCulture);
            yield return new Service(ProtocolOf(fields[0][..slash]), port, fields[1], fields[2], fields[3]);
        }
    }

    private static byte ProtocolOf(string name) => name switch
    {
        "tcp" => Tcp,
        "udp" => Udp,
        "icmp" => Icmp,
        _ => IcmpV6,
    };
}
