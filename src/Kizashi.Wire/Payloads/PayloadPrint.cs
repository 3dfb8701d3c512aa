using System.IO.Hashing;

namespace Kizashi.Wire.Payloads;

/// <summary>The fingerprint of a payload: the same for all packets of one tool, whomever it sends them to.</summary>
/// <remarks>
/// What differs from packet to packet of the same tool (transaction numbers, random values, addresses and numbers in text) is left out before hashing; what is
/// left out is said by protocol in <see cref="PayloadForm"/>. It sorts, and does not authenticate: a tool can imitate another's.
/// </remarks>
/// <param name="Protocol">What it speaks, such as http, tls, dns; text or binary if that is all that can be said.</param>
/// <param name="Title">Its first words for people, printable ASCII, at most 80 characters.</param>
/// <param name="Digest">16 hexadecimal digits.</param>
/// <param name="Length">Bytes of payload in the packet, at least 1.</param>
public sealed record PayloadPrint(string Protocol, string Title, string Digest, int Length)
{
    private const int MostTitle = 80;

    /// <summary>Null for packets without a payload, for later fragments and for what is not TCP or UDP.</summary>
    /// <param name="packet">From the IP header on, cut or not; any bytes are taken.</param>
    public static PayloadPrint? Of(ReadOnlySpan<byte> packet)
    {
        var payload = PacketPayload.Of(packet, out var header);
        if (payload.IsEmpty)
            return null;

        var form = PayloadForm.Of(payload, header.Protocol, header.DestinationPort);
        return new PayloadPrint(form.Protocol, Cut(form.Title), Hash(form), payload.Length);
    }

    private static string Hash(PayloadForm form)
    {
        var hash = new XxHash3();
        hash.Append(System.Text.Encoding.ASCII.GetBytes(form.Protocol));
        hash.Append([0]);
        hash.Append(form.Steady);
        return hash.GetCurrentHashAsUInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Cut(string title) => title.Length <= MostTitle ? title : title[..(MostTitle - 1)] + "…";
}
