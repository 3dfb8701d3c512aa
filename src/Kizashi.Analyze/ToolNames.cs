using Kizashi.Core.Observations;

namespace Kizashi.Analyze;

/// <summary>The tools whose fingerprints <see cref="PacketMarks"/> carries, lower case.</summary>
internal static class ToolNames
{
    public const int Count = 7;

    /// <summary>The marks that stand for tools, from <see cref="PacketMarks.ZMap"/> (tool 0) on.</summary>
    public const PacketMarks Marks =
        PacketMarks.ZMap | PacketMarks.Masscan | PacketMarks.Mirai | PacketMarks.Unicornscan
        | PacketMarks.Nmap | PacketMarks.Hajime | PacketMarks.LargeScale;

    private static readonly string[] Names =
        ["zmap", "masscan", "mirai", "unicornscan", "nmap", "hajime", "large-scale"];

    public static string Of(int tool) => Names[tool];

    /// <summary>The larger count of each tool.</summary>
    public static ushort Merge(ushort left, ushort right)
    {
        if (left == 0 || right == 0)
            return (ushort)(left | right);

        var merged = 0;
        for (var shift = 0; shift < 2 * Count; shift += 2)
            merged |= Math.Max((left >> shift) & 3, (right >> shift) & 3) << shift;

        return (ushort)merged;
    }

    /// <summary>Adds packets that carry marks, per tool up to two.</summary>
    public static ushort Add(ushort counts, PacketMarks marks, uint packets)
    {
        var result = (int)counts;
        for (var tool = 0; tool < Count; tool++)
        {
            if (((int)marks & ((int)PacketMarks.ZMap << tool)) == 0)
                continue;

            var shift = 2 * tool;
            var count = (int)Math.Min(2, ((result >> shift) & 3) + Math.Min(packets, 2));
            result = (result & ~(3 << shift)) | (count << shift);
        }

        return (ushort)result;
    }

    /// <summary>Names of tools seen in at least two packets.</summary>
    /// <param name="counts">Two bits for each tool: 0, 1, or at least 2 packets.</param>
    public static IReadOnlyList<string> FromCounts(ushort counts)
    {
        if (counts == 0)
            return [];

        var names = new List<string>();
        for (var tool = 0; tool < Count; tool++)
        {
            if (((counts >> (2 * tool)) & 3) >= 2)
                names.Add(Names[tool]);
        }

        return names;
    }
}
