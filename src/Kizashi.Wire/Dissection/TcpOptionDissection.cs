namespace Kizashi.Wire.Dissection;

/// <summary>Shows TCP options (RFC 9293 section 3.2, RFC 7323, RFC 2018, RFC 7413).</summary>
internal static class TcpOptionDissection
{
    private const int EndOfList = 0;
    private const int NoOperation = 1;

    public static void Dissect(Dissector dissector, Stretch rest)
    {
        while (rest.Length > 0)
        {
            var kind = dissector.Read8(rest.Start);
            if (kind is EndOfList or NoOperation)
            {
                dissector.Add("Option", kind == EndOfList ? "end of options" : "no operation", rest.Start, 1);
                if (kind == EndOfList)
                    return;

                rest = rest.Skip(1);
                continue;
            }

            var length = rest.Length < 2 ? 0 : (int)dissector.Read8(rest.Start + 1);
            if (length < 2 || length > rest.Length)
            {
                dissector.Add("Option", $"kind {kind}, cut off or of a wrong length", rest.Start, rest.Length);
                return;
            }

            dissector.Add("Option", Text(dissector, kind, rest.Start, length), rest.Start, length);
            rest = rest.Skip(length);
        }
    }

    private static string Text(Dissector dissector, int kind, int at, int length) => (kind, length) switch
    {
        (2, 4) => $"maximum segment size {dissector.Read16(at + 2)}",
        (3, 3) => $"window scale {dissector.Read8(at + 2)}",
        (4, 2) => "selective acknowledgment permitted",
        (5, _) => $"selective acknowledgment {dissector.Hex(at + 2, length - 2)}",
        (8, 10) => $"timestamp {dissector.Read32(at + 2)}, echo {dissector.Read32(at + 6)}",
        (34, _) => $"fast open cookie {dissector.Hex(at + 2, length - 2)}",
        _ => $"kind {kind}: {dissector.Hex(at + 2, length - 2)}",
    };
}
