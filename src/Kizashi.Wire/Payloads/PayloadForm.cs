using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Kizashi.Wire.Payloads;

/// <summary>What a payload speaks, and those of its bytes that do not differ between packets of one tool.</summary>
/// <remarks>
/// http: method, path and header lines, Host's value left out, numbers and addresses as one sign. tls: version, cipher suites. dns: without the transaction
/// id. stun: without the transaction id. ntp: the first four bytes. dht: without ids, hashes and tokens of 20 bytes. snmp: without the number of the request, of answers the community alone. Other text: numbers and addresses as one sign. Other bytes: as they are.
/// </remarks>
internal readonly record struct PayloadForm(string Protocol, string Title, byte[] Steady)
{
    private const byte Udp = 17;

    private static readonly (string Protocol, byte[] Start)[] Starts =
    [
        ("ssh", "SSH-"u8.ToArray()), ("smb", [0xFF, (byte)'S', (byte)'M', (byte)'B']), ("smb", [0xFE, (byte)'S', (byte)'M', (byte)'B']),
        ("adb", "CNXN"u8.ToArray()), ("redis", "*1\r\n$"u8.ToArray()), ("socks4", [4, 1]), ("socks5", [5, 1, 0]), ("socks5", [5, 2, 0]),
        ("dht", "d1:ad2:id20:"u8.ToArray()), ("dht", "d1:rd2:id20:"u8.ToArray()),
        ("bittorrent", [19, .. "BitTorrent protocol"u8]), ("ssdp", "M-SEARCH"u8.ToArray()), ("jdwp", "JDWP-Handshake"u8.ToArray()),
    ];

    public static PayloadForm Of(ReadOnlySpan<byte> payload, byte protocol, ushort port)
    {
        if (IsClientHello(payload))
            return ClientHello(payload);

        if (protocol == Udp && Datagram(payload, port) is { } datagram)
            return datagram;

        if (Start(payload) is { } known)
            return new PayloadForm(known, Readable(payload), known == "dht" ? WithoutIds(payload) : Words(payload));

        // NetBIOS session service before SMB, TPKT before RDP.
        if (payload.Length > 8 && payload[0] == 0 && payload[5..8].SequenceEqual("SMB"u8))
            return new PayloadForm("smb", Readable(payload[4..]), payload[4..].ToArray());

        if (payload.Length > 6 && payload[0] == 3 && payload[1] == 0 && payload[5] == 0xE0)
            return new PayloadForm("rdp", Readable(payload), Words(payload));

        if (payload.Length > 8 && payload[0] == 0x10 && payload.IndexOf("MQTT"u8) is > 0 and < 8)
            return new PayloadForm("mqtt", Readable(payload), Words(payload));

        if (IsText(payload))
            return Text(payload);

        return new PayloadForm("binary", Readable(payload), payload.ToArray());
    }

    private static PayloadForm? Datagram(ReadOnlySpan<byte> payload, ushort port) => port switch
    {
        53 or 5353 when payload.Length > 12 => new PayloadForm("dns", Question(payload), payload[2..].ToArray()),
        123 when payload.Length >= 4 => new PayloadForm("ntp", string.Create(CultureInfo.InvariantCulture, $"mode {payload[0] & 7}, {payload.Length} bytes"), payload[..4].ToArray()),
        11211 when payload.Length > 8 && payload[4..].StartsWith((byte[])[0, 1, 0, 0]) => new PayloadForm("memcached", Readable(payload[8..]), Words(payload[8..])),
        _ when payload.Length >= 20 && BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) == 0x2112A442 =>
            new PayloadForm("stun", Readable(payload), [.. payload[..8], .. payload[20..]]),
        _ when IsSnmp(payload) => Snmp(payload),
        _ => null,
    };

    // A sequence, whose first member is the version and whose second the community.
    private static bool IsSnmp(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 8 || payload[0] != 0x30)
            return false;

        var at = payload[1] < 0x80 ? 2 : 2 + (payload[1] & 0x7F);
        return payload.Length > at + 4 && payload[at] == 2 && payload[at + 1] == 1 && payload[at + 2] < 2 && payload[at + 3] == 4;
    }

    // Community, kind of request and, but for answers, what it names; the number of the request is drawn anew each time.
    private static PayloadForm Snmp(ReadOnlySpan<byte> payload)
    {
        const byte Answer = 0xA2;
        var at = (payload[1] < 0x80 ? 2 : 2 + (payload[1] & 0x7F)) + 3;
        var community = payload.Slice(at, Math.Min(2 + payload[at + 1], payload.Length - at));
        at += community.Length;
        if (at + 2 >= payload.Length)
            return new PayloadForm("snmp", Readable(community), community.ToArray());

        var kind = payload[at];
        at += payload[at + 1] < 0x80 ? 2 : 2 + (payload[at + 1] & 0x7F);
        if (at + 1 < payload.Length && payload[at] == 2)
            at += 2 + payload[at + 1];

        var named = kind == Answer || at >= payload.Length ? [] : payload[at..];
        return new PayloadForm("snmp", Readable(community), [.. community, kind, .. named]);
    }

    private static string? Start(ReadOnlySpan<byte> payload)
    {
        foreach (var (protocol, start) in Starts)
        {
            if (payload.StartsWith(start))
                return protocol;
        }

        return null;
    }

    private static PayloadForm Text(ReadOnlySpan<byte> payload)
    {
        var line = payload;
        var end = payload.IndexOfAny((byte)'\r', (byte)'\n');
        if (end >= 0)
            line = payload[..end];

        if (line.IndexOf(" HTTP/"u8) > 0)
            return new PayloadForm("http", Readable(line), Http(payload));

        if (line.IndexOf(" SIP/2.0"u8) > 0)
            return new PayloadForm("sip", Readable(line), Words(line));

        return new PayloadForm("text", Readable(payload), Words(payload));
    }

    // The host is the darknet's own address in each packet, and a body is often another one each time.
    private static byte[] Http(ReadOnlySpan<byte> payload)
    {
        var kept = new List<byte>(payload.Length);
        foreach (var range in payload.Split("\r\n"u8))
        {
            var line = payload[range];
            if (line.Length == 0)
                break;

            var isHost = line.Length > 5 && Ascii.EqualsIgnoreCase(line[..5], "host:"u8);
            kept.AddRange(isHost ? line[..5].ToArray() : Words(line));
            kept.Add((byte)'\n');
        }

        return [.. kept];
    }

    // Each run of digits and dots becomes one sign.
    private static byte[] Words(ReadOnlySpan<byte> text)
    {
        var kept = new List<byte>(text.Length);
        foreach (var octet in text)
        {
            var sign = octet is >= (byte)'0' and <= (byte)'9' ? (byte)'#' : octet;
            if (kept.Count > 0 && kept[^1] == '#' && (sign == '#' || octet == '.'))
                continue;

            kept.Add(sign);
        }

        return [.. kept];
    }

    private static byte[] WithoutIds(ReadOnlySpan<byte> payload)
    {
        var kept = new List<byte>(payload.Length);
        var at = 0;
        while (at < payload.Length)
        {
            kept.Add(payload[at]);
            var isId = at >= 2 && payload[at] == ':' && payload[at - 1] == '0' && payload[at - 2] == '2';
            at += isId ? 21 : 1;
        }

        return [.. kept];
    }

    private static bool IsClientHello(ReadOnlySpan<byte> payload) =>
        payload.Length > 43 && payload[0] == 22 && payload[1] == 3 && payload[5] == 1;

    // Values of GREASE (RFC 8701) are drawn anew each time.
    private static PayloadForm ClientHello(ReadOnlySpan<byte> payload)
    {
        const int SessionId = 43;
        var version = payload[9..11];
        var at = SessionId + 1 + payload[SessionId];
        var suites = new List<byte>([payload[1], payload[2], version[0], version[1]]);
        var count = 0;
        if (payload.Length >= at + 2)
        {
            var bytes = BinaryPrimitives.ReadUInt16BigEndian(payload[at..]);
            at += 2;
            var end = Math.Min(payload.Length - 1, at + bytes);
            for (; at + 1 <= end && at + 1 < payload.Length; at += 2)
            {
                if ((payload[at] & 0x0F) == 0x0A && payload[at] == payload[at + 1])
                    continue;

                suites.Add(payload[at]);
                suites.Add(payload[at + 1]);
                count++;
            }
        }

        var title = string.Create(CultureInfo.InvariantCulture, $"client hello {version[0]}.{version[1]}, {count} cipher suites");
        return new PayloadForm("tls", title, [.. suites]);
    }

    private static string Question(ReadOnlySpan<byte> payload)
    {
        var name = new StringBuilder();
        var at = 12;
        while (at < payload.Length && payload[at] is > 0 and < 64)
        {
            var label = payload.Slice(at + 1, Math.Min(payload[at], payload.Length - at - 1));
            name.Append(name.Length > 0 ? "." : "").Append(Readable(label));
            at += 1 + payload[at];
        }

        return name.Length > 0 ? name.ToString() : ".";
    }

    private static bool IsText(ReadOnlySpan<byte> payload)
    {
        foreach (var octet in payload)
        {
            if (octet is not ((>= 0x20 and < 0x7F) or (byte)'\r' or (byte)'\n' or (byte)'\t'))
                return false;
        }

        return true;
    }

    private static string Readable(ReadOnlySpan<byte> payload)
    {
        var text = new StringBuilder();
        foreach (var octet in payload[..Math.Min(payload.Length, 96)])
            text.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '·');

        return text.ToString().Trim('·', ' ');
    }
}
