using System.Buffers.Text;
using System.Text;

namespace Kizashi.Enrich.Text;

/// <summary>A line that names an AS: "64500 NAME", "AS64500,NAME", or CAIDA's as2org "64500|date|NAME|...".</summary>
internal readonly record struct AsNameLine(uint Asn, string Name)
{
    private const int MostName = 200;

    public static bool TryParse(ReadOnlySpan<byte> line, out AsNameLine parsed)
    {
        parsed = default;
        if (line.StartsWith("AS"u8) || line.StartsWith("as"u8))
            line = line[2..];

        if (!Utf8Parser.TryParse(line, out uint asn, out var used) || used == line.Length)
            return false;

        var rest = line[(used + 1)..];
        if (line[used] == '|')
        {
            var fields = Encoding.UTF8.GetString(rest).Split('|');
            parsed = new AsNameLine(asn, Clip(fields.Length > 1 ? fields[1] : fields[0]));
        }
        else if (line[used] is (byte)' ' or (byte)'\t' or (byte)',')
        {
            parsed = new AsNameLine(asn, Clip(Encoding.UTF8.GetString(rest)));
        }

        return !string.IsNullOrEmpty(parsed.Name);
    }

    private static string Clip(string name)
    {
        name = name.Trim().Trim('"');
        return name.Length <= MostName ? name : name[..MostName];
    }
}
