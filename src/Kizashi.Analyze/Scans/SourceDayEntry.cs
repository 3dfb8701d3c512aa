using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kizashi.Analyze.Scans;

/// <summary>What one source did on one UTC day: packets and distinct ports, 48 bytes for IPv4.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SourceDayEntry<TAddress>
    where TAddress : unmanaged
{
    public const int InlinePorts = 4;

    public TAddress Source;

    /// <summary>0..4 inline ports, or -1 - number of the set that holds more.</summary>
    public int PortState;

    public long Packets;
    public long First;
    public Ports Inline;

    private const ulong TimeMask = (1UL << 42) - 1;
    private ulong _lastBits;

    public readonly long Last => (long)(_lastBits & TimeMask);

    /// <summary>Two bits for each tool, as in <see cref="ToolNames"/>.</summary>
    public readonly ushort Tools => (ushort)(_lastBits >> 42);

    public void See(long first, long last, ushort tools)
    {
        First = Math.Min(First, first);
        _lastBits = (ulong)Math.Max(Last, last) | ((ulong)ToolNames.Merge(Tools, tools) << 42);
    }

    [InlineArray(InlinePorts)]
    public struct Ports
    {
        private uint _first;
    }
}
