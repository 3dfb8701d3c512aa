using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Payloads;

/// <summary>What a datagram asks a UDP service for, as far as it matters to who abuses the service.</summary>
/// <param name="Command">Such as "ANY example.org", "monlist", "getbulk public"; printable ASCII, at most 64 characters.</param>
/// <param name="Id">Its transaction number, -1 where the protocol has none.</param>
/// <param name="Amplifies">A server's answer can be much larger than it.</param>
public readonly record struct ServiceRequest(string Command, long Id, bool Amplifies)
{
    private const int MostCommand = 64;
    private const int NoId = -1;

    /// <summary>Null for packets that are not UDP or carry nothing.</summary>
    /// <param name="packet">From the IP header on, cut or not; any bytes are taken.</param>
    public static ServiceRequest? Of(ReadOnlySpan<byte> packet)
    {
        var payload = PacketPayload.Of(packet, out var header);
        if (payload.IsEmpty || header.Protocol != (byte)IpProtocol.Udp)
            return null;

        var request = Read(payload, header.DestinationPort);
        return request with { Command = Clean(request.Command) };
    }

    private static ServiceRequest Read(ReadOnlySpan<byte> payload, ushort port) => port switch
    {
        53 or 5353 when payload.Length > 16 => Dns(payload),
        69 when payload.Length > 4 => new("read " + Word(payload[2..]), NoId, true),
        111 when payload.Length >= 24 => new(payload[23] == 4 ? "dump" : "call " + Number(payload[23]), Id32(payload), true),
        123 when payload.Length >= 4 => Ntp(payload),
        137 when payload.Length > 12 => new("node status", Id16(payload), true),
        161 => Snmp(payload),
        389 => new("search", NoId, true),
        427 when payload.Length > 12 => new("function " + Number(payload[1]), BinaryPrimitives.ReadUInt16BigEndian(payload[10..]), true),
        520 => new("table", NoId, true),
        1434 => new("instances " + Number(payload[0]), NoId, true),
        1900 => new("M-SEARCH " + After(payload, "\nST:"u8), NoId, true),
        3478 when payload.Length >= 20 => new("binding", Id32(payload[8..]), false),
        5060 => new(Word(payload), NoId, true),
        5683 when payload.Length >= 4 => new("code " + Number(payload[1]), Id16(payload[2..]), true),
        11211 when payload.Length > 8 => new(Line(payload[8..]), Id16(payload), true),
        27015 or 27960 when payload.Length > 5 => new(Line(payload[4..]), NoId, true),
        _ => new(Number(payload.Length) + " bytes", NoId, true),
    };

    private static ServiceRequest Dns(ReadOnlySpan<byte> payload)
    {
        var name = new StringBuilder();
        var at = 12;
        while (at < payload.Length && payload[at] is > 0 and < 64)
        {
            var label = payload.Slice(at + 1, Math.Min(payload[at], payload.Length - at - 1));
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.Latin1.GetString(label).ToLowerInvariant());
            at += 1 + payload[at];
        }

        var type = at + 3 <= payload.Length ? BinaryPrimitives.ReadUInt16BigEndian(payload[(at + 1)..]) : (ushort)0;
        var word = type switch
        {
            1 => "A",
            2 => "NS",
            5 => "CNAME",
            6 => "SOA",
            12 => "PTR",
            15 => "MX",
            16 => "TXT",
            28 => "AAAA",
            33 => "SRV",
            43 => "DS",
            46 => "RRSIG",
            48 => "DNSKEY",
            64 => "SVCB",
            65 => "HTTPS",
            255 => "ANY",
            _ => "TYPE" + Number(type),
        };
        return new($"{word} {(name.Length > 0 ? name.ToString() : ".")}", Id16(payload), type is not (0 or 1 or 5 or 12 or 28 or 33 or 64 or 65));
    }

    private static ServiceRequest Ntp(ReadOnlySpan<byte> payload)
    {
        const int Client = 3;
        const int Control = 6;
        const int Private = 7;
        return (payload[0] & 7) switch
        {
            Private => new(payload[3] is 42 or 20 ? "monlist" : "private " + Number(payload[3]), NoId, true),
            Control => new("control " + Number(payload[1] & 31), Id16(payload[2..]), true),
            Client => new("client", NoId, false),
            var mode => new("mode " + Number(mode), NoId, false),
        };
    }

    private static ServiceRequest Snmp(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 10 || payload[0] != 0x30)
            return new("malformed", NoId, false);

        var at = (payload[1] < 0x80 ? 2 : 2 + (payload[1] & 0x7F)) + 3;
        if (at + 2 > payload.Length)
            return new("malformed", NoId, false);

        var community = payload.Slice(at + 2, Math.Min(payload[at + 1], payload.Length - at - 2));
        at += 2 + community.Length;
        var kind = at < payload.Length ? payload[at] switch { 0xA0 => "get", 0xA1 => "getnext", 0xA5 => "getbulk", _ => "other" } : "other";
        var id = at + 8 <= payload.Length && payload[at + 1] < 0x80 && payload[at + 2] == 2 && payload[at + 3] == 4 ? Id32(payload[(at + 4)..]) : NoId;
        return new($"{kind} {Encoding.Latin1.GetString(community)}", id, true);
    }

    private static long Id16(ReadOnlySpan<byte> at) => at.Length < 2 ? NoId : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static long Id32(ReadOnlySpan<byte> at) => at.Length < 4 ? NoId : BinaryPrimitives.ReadUInt32BigEndian(at);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Word(ReadOnlySpan<byte> text) => Until(text, " \0\r\n"u8);

    private static string Line(ReadOnlySpan<byte> text) => Until(text, "\0\r\n"u8);

    private static string After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
    {
        var at = text.IndexOf(mark);
        return at < 0 ? "" : Line(text[(at + mark.Length)..]).Trim();
    }

    private static string Until(ReadOnlySpan<byte> text, ReadOnlySpan<byte> ends)
    {
        var end = text.IndexOfAny(ends);
        return Encoding.Latin1.GetString(text[..Math.Min(MostCommand, end < 0 ? text.Length : end)]);
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MostCommand));
        foreach (var sign in text.AsSpan()[..Math.Min(text.Length, MostCommand)])
            clean.Append(sign is >= ' ' and < '\x7F' ? sign : '?');

        return clean.ToString().Trim();
    }
}
