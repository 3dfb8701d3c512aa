using System.Globalization;

namespace Kizashi.Cli.Forecasts;

/// <summary>A series of a data directory as people type it: packets, sources, tcp/23 (the sources of a port), tcp/23:packets.</summary>
/// <param name="Protocol">IANA number; null for all traffic.</param>
/// <param name="Port">Destination port.</param>
/// <param name="Counts">packets or sources.</param>
internal sealed record SeriesName(byte? Protocol, ushort Port, string Counts)
{
    public const string Packets = "packets";
    public const string Sources = "sources";

    /// <summary>What a name may be, for people.</summary>
    public const string Forms = "packets, sources, tcp/23 or udp/53:packets";

    public static SeriesName? Parse(string text)
    {
        if (text is Packets or Sources)
            return new SeriesName(null, 0, text);

        var parts = text.Split(':');
        var port = parts[0].Split('/');
        var counts = parts.Length == 1 ? Sources : parts[1];
        byte? protocol = port[0] switch
        {
            "tcp" => 6,
            "udp" => 17,
            _ => null,
        };
        return parts.Length <= 2 && port.Length == 2 && protocol is not null && (counts is Packets or Sources)
            && ushort.TryParse(port[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SeriesName(protocol, number, counts)
            : null;
    }

    public override string ToString() => Protocol is null ? Counts : string.Create(CultureInfo.InvariantCulture, $"{(Protocol == 6 ? "tcp" : "udp")}/{Port}:{Counts}");
}
