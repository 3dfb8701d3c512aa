using System.Buffers.Text;
using System.Text;
using Kizashi.Core.Addresses;

namespace Kizashi.Enrich.Text;

/// <summary>A line of CAIDA's prefix-to-AS files: prefix, length and AS, separated by tabs or spaces.</summary>
/// <param name="Prefix">The announced prefix.</param>
/// <param name="Asn">The origin; the first of several (multi-origin "64500_64501", AS set "64500,64501" or "{64500,64501}").</param>
internal readonly record struct Pfx2AsLine(Prefix Prefix, uint Asn)
{
    public static bool TryParse(ReadOnlySpan<byte> line, out Pfx2AsLine parsed)
    {
        parsed = default;
        if (!TryField(ref line, out var address) || !TryField(ref line, out var length) || !TryField(ref line, out var origin))
            return false;

        Span<char> text = stackalloc char[64];
        if (address.Length > text.Length || !Encoding.ASCII.TryGetChars(address, text, out var written))
            return false;

        if (!Address.TryParse(text[..written], out var first))
            return false;

        if (!Utf8Parser.TryParse(length, out byte bits, out var used) || used != length.Length || bits > first.Bits)
            return false;

        origin = origin.TrimStart((byte)'{');
        if (!Utf8Parser.TryParse(origin, out uint asn, out used) || (used < origin.Length && !"_,}"u8.Contains(origin[used])))
            return false;

        parsed = new Pfx2AsLine(new Prefix(first, bits), asn);
        return true;
    }

    private static bool TryField(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> field)
    {
        line = line.TrimStart("\t "u8);
        var end = line.IndexOfAny((byte)'\t', (byte)' ');
        field = end < 0 ? line : line[..end];
        line = line[field.Length..];
        return !field.IsEmpty;
    }
}
