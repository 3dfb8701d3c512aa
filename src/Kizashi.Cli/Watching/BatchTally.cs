using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope;

namespace Kizashi.Cli.Watching;

/// <summary>Sums batches up, where the sensor that made them does not.</summary>
internal sealed class BatchTally
{
    // Distinct addresses are counted to this bound; past it the summary says that there are more.
    private const int MostAddresses = 131_072;
    private const byte Tcp = 6;
    private const byte Udp = 17;

    private readonly HashSet<UInt128> _sources = [];
    private readonly HashSet<UInt128> _destinations = [];
    private readonly Dictionary<int, long> _protocols = [];
    private readonly Dictionary<int, long> _tcp = [];
    private readonly Dictionary<int, long> _udp = [];
    private SensorHealth _health = new();
    private long _tuples;
    private long _fromMillis = long.MaxValue;
    private long _lastMillis;

    /// <param name="batch">What came.</param>
    /// <param name="isWhole">Look at its rows too; else only its health is counted, as its sensor counts the rest.</param>
    public void Add(ObservationBatch batch, bool isWhole)
    {
        _health = _health.Add(batch.Health);
        if (batch.FromMillis > 0)
            _fromMillis = Math.Min(_fromMillis, batch.FromMillis);

        if (!isWhole)
            return;

        Add(batch.V4, address => address);
        Add(batch.V6, address => address);
    }

    public TelescopeProgress Progress(string source, TimeSpan elapsed, double? fraction) => new()
    {
        Packets = _health.Packets,
        Bytes = _health.Bytes,
        PacketsPerSecond = Rate(elapsed),
        Malformed = _health.Malformed,
        NotIp = _health.NotIp,
        NotDark = _health.NotDark,
        Late = _health.Late,
        Misdated = 0,
        Dropped = _health.Dropped,
        SamplesDropped = _health.SamplesDropped,
        LastPacket = _lastMillis == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_lastMillis),
        Source = source,
        SourceProgress = fraction,
    };

    public TelescopeSummary Summary(TimeSpan elapsed) => new()
    {
        Packets = _health.Packets,
        Malformed = _health.Malformed,
        NotIp = _health.NotIp,
        Bytes = _health.Bytes,
        Sources = _sources.Count,
        Destinations = _destinations.Count,
        DistinctEstimated = Math.Max(_sources.Count, _destinations.Count) >= MostAddresses,
        Protocols = _protocols,
        TcpPorts = _tcp,
        UdpPorts = _udp,
        Fingerprints = new Dictionary<string, long>(),
        FlowTuples = _tuples,
        FlowTuplesSplit = true,
        NotDark = _health.NotDark,
        Late = _health.Late,
        Misdated = 0,
        Open = 0,
        Dropped = _health.Dropped,
        SamplesDropped = _health.SamplesDropped,
        FirstPacket = _fromMillis == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(_fromMillis),
        LastPacket = _lastMillis == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_lastMillis),
        Seconds = elapsed.TotalSeconds,
        PacketsPerSecond = Rate(elapsed),
    };

    private double Rate(TimeSpan elapsed) => _health.Packets / Math.Max(0.001, elapsed.TotalSeconds);

    private void Add<TAddress>(FlowTuples<TAddress> rows, Func<TAddress, UInt128> value)
        where TAddress : unmanaged
    {
        _tuples += rows.Count;
        for (var row = 0; row < rows.Count; row++)
        {
            Add(_sources, value(rows.Source[row]));
            Add(_destinations, value(rows.Destination[row]));
            Add(_protocols, rows.Protocol[row], rows.Packets[row]);
            if (rows.Protocol[row] is Tcp or Udp)
                Add(rows.Protocol[row] == Tcp ? _tcp : _udp, rows.DestinationPort[row], rows.Packets[row]);

            _lastMillis = Math.Max(_lastMillis, (rows.Slot[row] * 1000L) + rows.Last[row]);
        }
    }

    private static void Add(HashSet<UInt128> set, UInt128 address)
    {
        if (set.Count < MostAddresses)
            set.Add(address);
    }

    private static void Add(Dictionary<int, long> counts, int key, long packets) => counts[key] = counts.GetValueOrDefault(key) + packets;
}
