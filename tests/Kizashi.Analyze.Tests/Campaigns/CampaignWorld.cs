using Kizashi.Analyze.Campaigns;

namespace Kizashi.Analyze.Tests.Campaigns;

/// <summary>
/// A day of sources: campaigns of 30 to 300 hosts that share ports, popular ones too, some a packet shape of their own, some
/// only the hours; and others that draw each for itself.
/// </summary>
internal sealed class CampaignWorld
{
    private const int Hours = 24;
    private static readonly uint[] Popular =
        [23, 445, 22, 80, 3389, 8080, 2323, 443, 5555, 81, 1433, 6379, 8443, 5060, 123, 53, 7547, 37215, 52869, 5900, 8545, 8291, 21, 25];

    private readonly Random _random;
    private readonly List<IReadOnlyList<SourceTouch>> _sources = [];
    private readonly List<int> _labels = [];

    public CampaignWorld(int seed, int campaigns = 20)
    {
        _random = new Random(seed);
        for (var campaign = 0; campaign < campaigns; campaign++)
            Add(campaign);

        for (var left = Math.Max(4_000, 2 * _sources.Count); left > 0; left--)
        {
            _sources.Add(Other());
            _labels.Add(-1);
        }

        // In no order that could help.
        var order = Enumerable.Range(0, _sources.Count).ToArray();
        _random.Shuffle(order);
        Sources = [.. order.Select(at => _sources[at])];
        Labels = [.. order.Select(at => _labels[at])];
    }

    public IReadOnlyList<IReadOnlyList<SourceTouch>> Sources { get; }

    public IReadOnlyList<int> Labels { get; }

    private void Add(int campaign)
    {
        // Ports, shape and hours: at least one of the latter two is its own, as else nobody could tell it.
        var kind = campaign % 3;
        uint[] ports = [.. Enumerable.Range(0, 1 + _random.Next(5)).Select(_ => _random.Next(2) == 0 ? Busy() : (uint)_random.Next(1024, 65536)).Distinct()];
        var shape = kind == 1 ? Common() : (uint)(1_000 + campaign);
        var length = kind == 0 ? Hours : 2 + _random.Next(6);
        var from = _random.Next(Hours - length + 1);
        for (var host = 30 + _random.Next(270); host > 0; host--)
        {
            var touches = new List<SourceTouch>();
            for (var packets = 3 + _random.Next(12); packets > 0; packets--)
                touches.Add(new SourceTouch(ports[_random.Next(ports.Length)], shape, from + _random.Next(length)));

            // A tenth of what infected hosts send is something else.
            if (_random.Next(5) == 0)
                touches.Add(new SourceTouch(Busy(), Common(), _random.Next(Hours)));

            _sources.Add(touches);
            _labels.Add(campaign);
        }
    }

    private List<SourceTouch> Other()
    {
        var (touches, shape) = (new List<SourceTouch>(), Common());
        uint[] ports = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => _random.Next(10) == 0 ? (uint)_random.Next(1, 65536) : Busy())];
        int[] hours = [.. Enumerable.Range(0, 1 + _random.Next(6)).Select(_ => _random.Next(Hours))];
        for (var packets = 1 + _random.Next(10); packets > 0; packets--)
            touches.Add(new SourceTouch(ports[_random.Next(ports.Length)], shape, hours[_random.Next(hours.Length)]));

        return touches;
    }

    // Few ports get most: the first about ten times as much as the last.
    private uint Busy() => Popular[(int)(Popular.Length * Math.Pow(_random.NextDouble(), 2))];

    private uint Common() => (uint)(30 * Math.Pow(_random.NextDouble(), 2));
}
