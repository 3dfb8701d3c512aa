using System.Numerics;
using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Packets that bear a tool's mark, of sources that bore it at least twice: once may be chance.</summary>
/// <remarks>All marked packets are counted, and the sources with a single one are taken off at the end.</remarks>
internal sealed class ToolCounts
{
    /// <summary>Position of the lowest mark that names a tool.</summary>
    public const int FirstTool = 1;
    public const int Tools = 7;

    /// <summary>Marks that name tools.</summary>
    public const PacketMarks All = PacketMarks.ZMap | PacketMarks.Masscan | PacketMarks.Mirai | PacketMarks.Unicornscan
        | PacketMarks.Nmap | PacketMarks.Hajime | PacketMarks.LargeScale;

    private static readonly string[] Names = ["zmap", "masscan", "mirai", "unicornscan", "nmap", "hajime", "large-scale"];

    private readonly long[] _packets = new long[Tools];

    /// <summary>Packets by the set of tools they match, the index being the marks from <see cref="FirstTool"/> on.</summary>
    public void AddMatches(ReadOnlySpan<long> sets)
    {
        for (var set = 1; set < sets.Length; set++)
        {
            for (var bits = (uint)set; bits != 0; bits &= bits - 1)
                _packets[BitOperations.TrailingZeroCount(bits)] += sets[set];
        }
    }

    /// <summary>Notes that a source bore the marks; twice is enough, more need not be noted.</summary>
    public void Note<TAddress>(ref SourceState<TAddress> state, PacketMarks marks)
        where TAddress : unmanaged
    {
        // Two bits a tool, the lower for once: most marks were borne twice before, and then nothing is to be done.
        var tools = (uint)state.Tools;
        var open = Spread((uint)(marks & All) >> FirstTool) & ~(tools >> 1);
        if (open == 0)
            return;

        state.Tools |= (ushort)((open & ~tools) | ((open & tools) << 1));
        for (var bits = open; bits != 0; bits &= bits - 1)
            _packets[BitOperations.TrailingZeroCount(bits) / 2] += (bits & -bits & tools) == 0 ? -1 : 1;
    }

    /// <summary>Notes a probe of unicornscan, which only its second one tells from others: the first counts with it.</summary>
    public void NoteUnicornscan<TAddress>(ref SourceState<TAddress> state)
        where TAddress : unmanaged
    {
        const int Tool = 3;
        const ushort Again = 2 << (Tool * 2);
        _packets[Tool] += (state.Tools & Again) != 0 ? 1 : 2;
        state.Tools |= Again;
    }

    public void Add(ToolCounts other)
    {
        for (var tool = 0; tool < Tools; tool++)
            _packets[tool] += other._packets[tool];
    }

    /// <summary>Tool to packets, tools that were seen.</summary>
    public SortedDictionary<string, long> ToDictionary()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var tool = 0; tool < Tools; tool++)
        {
            if (_packets[tool] > 0)
                counts[Names[tool]] = _packets[tool];
        }

        return counts;
    }

    /// <summary>Bit n of eight goes to bit 2n.</summary>
    private static uint Spread(uint bits)
    {
        bits = (bits | (bits << 4)) & 0x0F0F;
        bits = (bits | (bits << 2)) & 0x3333;
        return (bits | (bits << 1)) & 0x5555;
    }
}
