namespace Kizashi.Observe.Reflectors.Services;

/// <summary>The answer of an SNMPv3 agent to who does not know its engine (RFC 3414, section 4): a report that names it.</summary>
internal static class SnmpDiscovery
{
    private const byte Get = 0xA0;
    private const byte Counter = 0x41;
    private const byte Report = 0xA8;

    // Net-SNMP's number, and the address of a network card.
    private static readonly byte[] Engine = [0x80, 0x00, 0x1F, 0x88, 0x03, 0x00, 0x50, 0x56, 0x9A, 0x11, 0x42];

    // snmpUsmMIB, usmStatsUnknownEngineIDs.0.
    private static readonly byte[] Unknown = [0x2B, 6, 1, 6, 3, 15, 1, 1, 4, 0];

    /// <param name="message">After its version.</param>
    /// <param name="room">For the answer.</param>
    public static int Answer(BerReader message, Span<byte> room)
    {
        var header = message.Enter(Ber.Sequence);
        var id = header.Take(Ber.Integer);
        _ = header.Take(Ber.Integer);
        var flags = header.Take(Ber.Text);
        _ = message.Take(Ber.Text);
        var scope = message.Enter(Ber.Sequence);
        _ = scope.Take(Ber.Text);
        _ = scope.Take(Ber.Text);
        var request = scope.Enter(Get).Take(Ber.Integer);

        // Only what asks for a report gets one (bit 2).
        const int Reportable = 4;
        if (header.IsBroken || message.IsBroken || scope.IsBroken || id.Length is 0 or > 4 || request.Length is 0 or > 4 || flags.Length != 1 || (flags[0] & Reportable) == 0)
            return 0;

        var binding = Element(Ber.Sequence, [.. Element(Ber.Oid, Unknown), .. Element(Counter, [0x2A])]);
        var report = Element(Report, [.. Element(Ber.Integer, request), .. Zero, .. Zero, .. Element(Ber.Sequence, binding)]);
        var security = Element(Ber.Sequence, [.. Element(Ber.Text, Engine), .. Element(Ber.Integer, [0x11]), .. Element(Ber.Integer, [0x12, 0x4F, 0x3A]), .. Empty, .. Empty, .. Empty]);
        var answer = new ReplyWriter(room);
        answer.Write(Element(Ber.Sequence,
        [
            .. Element(Ber.Integer, [3]),
            .. Element(Ber.Sequence, [.. Element(Ber.Integer, id), .. Element(Ber.Integer, [0, 0xFF, 0xE3]), .. Element(Ber.Text, [0]), .. Element(Ber.Integer, [3])]),
            .. Element(Ber.Text, security),
            .. Element(Ber.Sequence, [.. Element(Ber.Text, Engine), .. Empty, .. report]),
        ]));
        return answer.Length;
    }

    private static ReadOnlySpan<byte> Zero => [Ber.Integer, 1, 0];

    private static ReadOnlySpan<byte> Empty => [Ber.Text, 0];

    // All of it is shorter than 256 bytes.
    private static byte[] Element(byte tag, ReadOnlySpan<byte> content) =>
        content.Length < 0x80 ? [tag, (byte)content.Length, .. content] : [tag, 0x81, (byte)content.Length, .. content];
}
