using System.Text;

namespace Kizashi.Cli.Terminal;

/// <summary>Makes any text harmless for a terminal: no control characters, no escape sequences.</summary>
internal static class TerminalText
{
    public static string Clean(string text)
    {
        if (!text.Any(char.IsControl))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
            clean.Append(char.IsControl(c) ? '\uFFFD' : c);

        return clean.ToString();
    }

    public static string Fit(string text, int width) => text.Length <= width ? text.PadRight(width) : text[..(width - 1)] + "…";
}
