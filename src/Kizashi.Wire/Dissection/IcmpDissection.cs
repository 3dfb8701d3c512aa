using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Dissection;

/// <summary>Shows ICMP and ICMPv6 headers; errors with the packet that they quote.</summary>
internal static class IcmpDissection
{
    public static void Dissect(Dissector dissector, Stretch rest, bool v6, int depth)
    {
        dissector.BeginLayer(v6 ? "ICMPv6" : "ICMP");
        if (dissector.IsCut(rest, 4))
            return;

        var at = rest.Start;
        var type = dissector.Read8(at);
        dissector.Add("Type", TypeName(type, v6) is { } name ? $"{type} ({name})" : $"{type}", at, 1);
        dissector.Add8("Code", at + 1);
        dissector.AddHex16("Checksum", at + 2);
        if (rest.Length < IcmpQuote.HeaderBytes)
        {
            dissector.AddPayload(rest.Skip(4));
            return;
        }

        AddSecondWord(dissector, type, v6, at + 4);
        var content = rest.Skip(IcmpQuote.HeaderBytes);
        if (!IcmpQuote.Quotes(type, v6) || dissector.IsQuoted)
        {
            dissector.AddPayload(content);
            return;
        }

        dissector.IsQuoted = true;
        IpDissection.Dissect(dissector, content, depth + 1);
        dissector.IsQuoted = false;
    }

    private static void AddSecondWord(Dissector dissector, byte type, bool v6, int at)
    {
        if (IsEcho(type, v6))
        {
            dissector.Add16("Identifier", at);
            dissector.Add16("Sequence number", at + 2);
        }
        else if (v6 && type == 2)
        {
            dissector.Add("Next link's largest packet", $"{dissector.Read32(at)} bytes", at, 4);
        }
        else if (!v6 && type == 5)
        {
            dissector.AddAddress("Gateway", at, 4);
        }
        else if (!v6 && type == 3 && dissector.Read16(at + 2) != 0)
        {
            dissector.Add("Next link's largest packet", $"{dissector.Read16(at + 2)} bytes", at + 2, 2);
        }
        else
        {
            dissector.Add("Rest of header", $"0x{dissector.Read32(at):x8}", at, 4);
        }
    }

    private static bool IsEcho(byte type, bool v6) => v6 ? type is 128 or 129 : type is 0 or 8;

    private static string? TypeName(byte type, bool v6) => (v6, type) switch
    {
        (false, 0) or (true, 129) => "echo reply",
        (false, 8) or (true, 128) => "echo request",
        (false, 3) or (true, 1) => "destination unreachable",
        (false, 4) => "source quench",
        (false, 5) or (true, 137) => "redirect",
        (false, 11) or (true, 3) => "time exceeded",
        (false, 12) or (true, 4) => "parameter problem",
        (false, 13) => "timestamp",
        (false, 14) => "timestamp reply",
        (true, 2) => "packet too big",
        (true, 133) => "router solicitation",
        (true, 134) => "router advertisement",
        (true, 135) => "neighbor solicitation",
        (true, 136) => "neighbor advertisement",
        _ => null,
    };
}
