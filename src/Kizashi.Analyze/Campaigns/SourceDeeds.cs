using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Campaigns;

/// <summary>What one source did, as far as there is room.</summary>
internal sealed class SourceDeeds
{
    private const int MostTouches = 128;

    // Most sources do one thing or two: looking through a list costs less memory than a set, and less time.
    private readonly List<SourceTouch> _touches = new(2);

    public long Packets { get; private set; }

    /// <summary>Counts of fingerprints, as <see cref="ToolNames"/> keeps them.</summary>
    public ushort Tools { get; private set; }

    public IReadOnlyList<SourceTouch> Touches => _touches;

    public void Add(SourceTouch touch, PacketMarks marks, long packets)
    {
        Packets += packets;
        Tools = ToolNames.Add(Tools, marks, (uint)Math.Min(2, packets));
        if (_touches.Count < MostTouches && !CollectionsMarshal.AsSpan(_touches).Contains(touch))
            _touches.Add(touch);
    }
}
