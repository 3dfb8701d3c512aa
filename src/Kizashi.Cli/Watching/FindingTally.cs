using Kizashi.Core.Findings;

namespace Kizashi.Cli.Watching;

/// <summary>Counts a session's events for its summary.</summary>
internal sealed class FindingTally
{
    // Bounded, since an attacker chooses how many there are; past it IsCapped says that there were more.
    private const int MostScans = 2_000_000;
    private const int MostVictims = 100_000;

    private readonly HashSet<UInt128> _scans = [];
    private readonly Dictionary<string, DosVictimFinding> _victims = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Number of scan events by Merit's definition.</summary>
    public long Scans
    {
        get
        {
            lock (_gate)
                return _scans.Count;
        }
    }

    public int VictimCount
    {
        get
        {
            lock (_gate)
                return _victims.Count;
        }
    }

    /// <summary>True when there were more events than are counted exactly.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>The last word on each attack vector, earliest first.</summary>
    public IReadOnlyList<DosVictimFinding> Victims
    {
        get
        {
            lock (_gate)
                return [.. _victims.Values.OrderBy(victim => victim.FirstSeen).ThenBy(victim => victim.Victim)];
        }
    }

    public void Add(IReadOnlyList<Finding> findings)
    {
        lock (_gate)
        {
            foreach (var finding in findings)
                Add(finding);
        }
    }

    private void Add(Finding finding)
    {
        if (finding is ScanFinding scan)
        {
            var id = System.IO.Hashing.XxHash128.HashToUInt128(System.Text.Encoding.UTF8.GetBytes(scan.EventId));
            if (scan.State == FindingState.Ended && scan.Score < 1)
                // Told in time, then slower than the rate on a large telescope: by the definition it was none.
                _scans.Remove(id);
            else if (_scans.Count < MostScans)
                _scans.Add(id);
            else if (!_scans.Contains(id))
                IsCapped = true;
        }
        else if (finding is DosVictimFinding victim)
        {
            if (_victims.Count < MostVictims || _victims.ContainsKey(victim.EventId))
                _victims[victim.EventId] = victim;
            else
                IsCapped = true;
        }
    }
}
