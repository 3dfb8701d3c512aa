namespace Kizashi.Observe.Reflectors.Services;

/// <summary>A SIP server (RFC 3261): answers OPTIONS with what it allows, REGISTER and INVITE with a refusal.</summary>
public sealed class SipService : IReflectorService
{
    private const int MostCopied = 512;

    public string Name => "sip";

    public IReadOnlyList<ushort> Ports => [5060];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        var end = request.IndexOf("\r\n"u8);
        if (end < 0 || !request[..end].EndsWith(" SIP/2.0"u8))
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write(request.StartsWith("OPTIONS"u8) ? "SIP/2.0 200 OK\r\n"u8 : "SIP/2.0 401 Unauthorized\r\n"u8);
        foreach (var range in request[(end + 2)..].Split("\r\n"u8))
        {
            var line = request[(end + 2)..][range];
            if (line.Length is 0 or > MostCopied)
                break;

            // What an answer repeats of its request (section 8.2.6.2).
            if (Starts(line, "via:"u8) || Starts(line, "v:"u8) || Starts(line, "from:"u8) || Starts(line, "f:"u8) || Starts(line, "call-id:"u8)
                || Starts(line, "i:"u8) || Starts(line, "cseq:"u8))
            {
                writer.Write(line);
                writer.Write("\r\n"u8);
            }
            else if (Starts(line, "to:"u8) || Starts(line, "t:"u8))
            {
                writer.Write(line);
                writer.Write(line.IndexOf(";tag="u8) < 0 ? ";tag=as5b7d21c4\r\n"u8 : "\r\n"u8);
            }
        }

        if (!request.StartsWith("OPTIONS"u8))
            writer.Write("WWW-Authenticate: Digest algorithm=MD5, realm=\"asterisk\", nonce=\"3f2a91b0\"\r\n"u8);

        writer.Write("Server: Asterisk PBX 13.18.3\r\nAllow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH\r\n"u8);
        writer.Write("Supported: replaces, timer\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n"u8);
        return writer.Length;
    }

    private static bool Starts(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length >= name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name);
}
