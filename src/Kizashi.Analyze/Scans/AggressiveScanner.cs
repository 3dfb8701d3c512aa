using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Scans;

/// <summary>A source that met one of the aggressive definitions on a day, with what is known of it.</summary>
internal sealed class AggressiveScanner(Address source, int day)
{
    public const int MostEvents = 4096;

    public Address Source => source;

    public int Day => day;

    public bool ByCoverage { get; set; }

    public bool ByPackets { get; set; }

    public bool ByPorts { get; set; }

    public double Coverage { get; set; }

    public double Score { get; set; } = 1;

    /// <summary>Counts of the whole day, 0 until it was judged.</summary>
    public long DayPackets { get; set; }

    public long DayPorts { get; set; }

    public long First { get; set; } = long.MaxValue;

    public long Last { get; set; }

    public bool IsJudged { get; set; }

    public bool IsExact { get; set; } = true;

    public SortedSet<string> Tools { get; } = new(StringComparer.Ordinal);

    /// <summary>Packets of its covering events, by event; at most <see cref="MostEvents"/>.</summary>
    public SortedDictionary<string, long> Events { get; } = new(StringComparer.Ordinal);

    /// <summary>Sum of <see cref="Events"/>.</summary>
    public long EventPackets { get; private set; }

    /// <summary>Covering events that still go on.</summary>
    public SortedSet<string> OpenEvents { get; } = new(StringComparer.Ordinal);

    /// <summary>Protocol and port of its covering events.</summary>
    public SortedSet<int> EventPorts { get; } = [];

    public bool IsEnded => IsJudged && OpenEvents.Count == 0;

    /// <summary>Notes how many packets an event has; false when there is no room for one more event.</summary>
    public bool SetEvent(string eventId, long packets)
    {
        if (!Events.TryGetValue(eventId, out var before) && Events.Count >= MostEvents)
            return false;

        Events[eventId] = packets;
        EventPackets += packets - before;
        return true;
    }

    public AggressiveScannerFinding ToFinding(string sensor, bool isSimulated) => new()
    {
        EventId = EventIds.Of(sensor, "aggressive", source.Value, (uint)day),
        State = IsEnded ? FindingState.Ended : FindingState.Ongoing,
        FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(First),
        LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(Last),
        Sensor = sensor,
        Score = Score,
        Simulated = isSimulated,
        Source = source,
        ByCoverage = ByCoverage,
        ByPackets = ByPackets,
        ByPorts = ByPorts,
        Packets = Math.Max(DayPackets, EventPackets),
        Ports = Math.Max(DayPorts, EventPorts.Count),
        Coverage = Coverage,
        Day = SourceDays.DateOf(day),
        IsExact = IsExact,
        Tools = [.. Tools],
    };
}
