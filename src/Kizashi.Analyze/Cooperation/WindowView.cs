using Kizashi.Analyze.Cooperation.Activity;
using Kizashi.Analyze.Cooperation.Baselines;

namespace Kizashi.Analyze.Cooperation;

/// <summary>One window of ten minutes as all engines see it.</summary>
internal sealed record WindowView
{
    public const long Millis = 600_000;

    /// <summary>Windows since 1970 UTC.</summary>
    public required long Number { get; init; }

    /// <summary>Sorted by port, fingerprint, group, shape.</summary>
    public required GroupActivity[] Activities { get; init; }

    /// <summary>Distinct groups that were active.</summary>
    public int Groups => field > 0 ? field : field = CountGroups();

    /// <summary>Ports and shapes with at least some groups, sorted by key.</summary>
    public required IReadOnlyList<CellWindow> Cells { get; init; }

    /// <summary>What limits it: gap, loss, late, clock-step, repeated, sampled.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Nothing of it is missing, so one may learn from it.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Its counts are not those of ten minutes: what goes on is still followed, but nothing new opens.</summary>
    public bool IsBroken =>
        Conditions.Any(condition => condition is DeliveryWatch.Gap or DeliveryWatch.ClockStep or DeliveryWatch.Repeated);

    public required IReadOnlyList<string> Batches { get; init; }

    public required bool IsSimulated { get; init; }

    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeMilliseconds(Number * Millis);

    public DateTimeOffset End => Start.AddMilliseconds(Millis);

    /// <summary>The activities on a port.</summary>
    public ReadOnlySpan<GroupActivity> On(uint port)
    {
        var from = Bound(port);
        return Activities.AsSpan(from, Bound(port + 1) - from);
    }

    private int CountGroups()
    {
        var groups = new HashSet<ulong>();
        foreach (ref readonly var activity in Activities.AsSpan())
            groups.Add(activity.Group);

        return groups.Count;
    }

    private int Bound(uint port)
    {
        var (low, high) = (0, Activities.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Activities[middle].Port < port)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
