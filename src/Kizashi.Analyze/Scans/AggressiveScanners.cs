using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Scans;

/// <summary>
/// The aggressive scanners of the last days: D1 as soon as an event covers enough, D2 and D3 at the end of their day.
/// </summary>
internal sealed class AggressiveScanners(
    AggressiveOptions options, ScanReporter reporter, string sensor)
{
    private const int KeptDays = 2;
    private const int Most = 65_536;

    private readonly Dictionary<(Address Source, int Day), AggressiveScanner> _scanners = [];

    /// <summary>Scanners not followed because too many were.</summary>
    public long Refused { get; private set; }

    /// <summary>Takes the reports of an interval; adds a finding for each source that covers enough.</summary>
    /// <remarks>The day of an event is that of its first packet.</remarks>
    public void Take(IEnumerable<ScanReport> reports, ICollection<Finding> findings)
    {
        var touched = new HashSet<AggressiveScanner>();
        foreach (var report in reports)
        {
            if (Take(report) is { } scanner)
                touched.Add(scanner);
        }

        foreach (var scanner in touched.OrderBy(scanner => scanner.Day).ThenBy(scanner => scanner.Source))
            findings.Add(scanner.ToFinding(sensor, reporter.IsSimulated));
    }

    /// <summary>Judges a day that is over: names its top sources, and gives the covering ones their counts.</summary>
    public void Judge(int day, IReadOnlyList<ISourceDay> shards, ICollection<Finding> findings)
    {
        var sources = shards.Sum(shard => shard.Sources);
        if (sources >= options.MinSources)
        {
            var most = (int)Math.Min(Most, Math.Ceiling((decimal)options.Top * sources));
            var (byPackets, byPorts) = (new TopSources(most, byPorts: false), new TopSources(most, byPorts: true));
            foreach (var shard in shards)
                shard.Rank(byPackets, byPorts);

            foreach (var top in byPackets.All)
                Fill(top, day)?.ByPackets = true;

            foreach (var top in byPorts.All)
                Fill(top, day)?.ByPorts = true;
        }

        foreach (var scanner in OfDay(day))
        {
            if (!scanner.ByPackets && !scanner.ByPorts)
                Fill(scanner, shards);

            scanner.IsJudged = true;
            findings.Add(scanner.ToFinding(sensor, reporter.IsSimulated));
        }

        foreach (var old in _scanners.Values.Where(old => old.Day < day - KeptDays && old.IsEnded).ToArray())
            _scanners.Remove((old.Source, old.Day));
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_scanners.Count);
        foreach (var scanner in _scanners.Values)
            AggressiveScannerState.Save(scanner, writer);
    }

    public void Load(StateReader reader)
    {
        var count = reader.ReadCount(Most);
        for (var number = 0; number < count; number++)
        {
            var scanner = AggressiveScannerState.Load(reader);
            _scanners[(scanner.Source, scanner.Day)] = scanner;
        }
    }

    private AggressiveScanner? Take(ScanReport report)
    {
        var scan = report.Finding;
        var day = SourceDays.DayOf(scan.FirstSeen.ToUnixTimeMilliseconds());
        var isKnown = _scanners.TryGetValue((scan.Source, day), out var known)
            && known.Events.ContainsKey(scan.EventId);
        if (!isKnown && (!report.IsCovering || scan.Score < 1))
            return null;

        if (Of(scan.Source, day) is not { } scanner)
            return null;

        scanner.ByCoverage = true;
        scanner.Coverage = Math.Max(scanner.Coverage, scan.Coverage ?? 0);
        scanner.Score = Math.Max(scanner.Score, scanner.Coverage / options.Coverage);
        scanner.First = Math.Min(scanner.First, scan.FirstSeen.ToUnixTimeMilliseconds());
        scanner.Last = Math.Max(scanner.Last, scan.LastSeen.ToUnixTimeMilliseconds());
        scanner.Tools.UnionWith(scan.Tools);
        if (report.HasPort)
            scanner.EventPorts.Add((scan.Protocol << 16) | scan.Port);

        if (!scanner.SetEvent(scan.EventId, scan.Packets))
            scanner.IsExact = false;
        else if (scan.State == FindingState.Ended)
            scanner.OpenEvents.Remove(scan.EventId);
        else
            scanner.OpenEvents.Add(scan.EventId);

        return scanner;
    }

    private IEnumerable<AggressiveScanner> OfDay(int day) =>
        _scanners.Values.Where(scanner => scanner.Day == day).OrderBy(scanner => scanner.Source).ToArray();

    private AggressiveScanner? Of(Address source, int day)
    {
        if (_scanners.TryGetValue((source, day), out var scanner))
            return scanner;

        if (_scanners.Count >= Most)
        {
            Refused++;
            return null;
        }

        return _scanners[(source, day)] = new AggressiveScanner(source, day);
    }

    private AggressiveScanner? Fill(TopSource top, int day)
    {
        var scanner = Of(top.Source, day);
        if (scanner is not null)
            Fill(scanner, top);

        return scanner;
    }

    private static void Fill(AggressiveScanner scanner, IReadOnlyList<ISourceDay> shards)
    {
        foreach (var shard in shards)
        {
            if (shard.Find(scanner.Source) is { } found)
                Fill(scanner, found);
        }
    }

    private static void Fill(AggressiveScanner scanner, TopSource top)
    {
        scanner.DayPackets = top.Packets;
        scanner.DayPorts = top.Ports;
        scanner.First = Math.Min(scanner.First, top.First);
        scanner.Last = Math.Max(scanner.Last, top.Last);
        scanner.IsExact = top.IsExact;
        scanner.Tools.UnionWith(ToolNames.FromCounts(top.Tools));
    }
}
