using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Truth;

/// <summary>Counts an outbreak's packets in consecutive windows of one length, group by group.</summary>
/// <param name="lengthMicros">Of a window.</param>
/// <param name="population">Hosts there are.</param>
/// <param name="most">Windows kept at most.</param>
internal sealed class OutbreakWindows(long lengthMicros, int population, int most)
{
    private const int GroupBitsV4 = 16;
    private const int GroupBitsV6 = 80;

    private readonly Dictionary<UInt128, int> _groups = [];
    private readonly List<OutbreakWindow> _closed = [];
    private readonly long[] _seenIn = new long[population];
    private long _window = long.MinValue;
    private long _packets;
    private int _hosts;

    public IReadOnlyList<OutbreakWindow> Closed => _closed;

    /// <summary>Start of the first window in which it counts.</summary>
    public DateTimeOffset? CountsFrom { get; private set; }

    /// <summary>Most strong groups of any window.</summary>
    public int Strength { get; private set; }

    /// <summary>Counts a packet; a time before the open window's, after a clock was set back, counts in the open one.</summary>
    public void Count(int host, Address source, long micros)
    {
        var window = micros / lengthMicros;
        if (window > _window)
        {
            Close();
            _window = window;
        }

        var group = source.IsV4 ? source.V4 >> GroupBitsV4 : source.Value >> GroupBitsV6;
        _groups[group] = _groups.GetValueOrDefault(group) + 1;
        _packets++;
        // One more than the window's number, so that 0 is none.
        if (_seenIn[host] == _window + 1)
            return;

        _seenIn[host] = _window + 1;
        _hosts++;
    }

    /// <summary>Ends the open window.</summary>
    public void Close()
    {
        if (_packets == 0)
            return;

        var strong = _groups.Values.Count(packets => packets >= OutbreakTruth.LeastPackets);
        var start = DateTimeOffset.UnixEpoch.AddMicroseconds(_window * lengthMicros);
        if (_closed.Count < most)
            _closed.Add(new OutbreakWindow(start, _hosts, _groups.Count, strong, _packets));

        if (strong >= OutbreakTruth.LeastGroups)
            CountsFrom ??= start;

        Strength = Math.Max(Strength, strong);
        _groups.Clear();
        _packets = 0;
        _hosts = 0;
    }
}
