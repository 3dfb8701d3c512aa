using Kizashi.Core.Findings;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Scans;

/// <summary>Brings scans of both implementations into one form.</summary>
internal static class ScanComparison
{
    public static IReadOnlyList<ReferenceScan> ToReference(IEnumerable<ScanFinding> scans) =>
    [
        .. scans.Select(scan => new ReferenceScan(
                scan.Source, scan.Protocol, scan.Port, scan.FirstSeen.ToUnixTimeMilliseconds(),
                    scan.LastSeen.ToUnixTimeMilliseconds(),
                scan.Packets, scan.Destinations, scan.IsDurumeric, string.Join(',', scan.Tools)))
            .Order(Comparer),
    ];

    public static IReadOnlyList<ReferenceScan> Sort(IEnumerable<ReferenceScan> scans) => [.. scans.Order(Comparer)];

    private static Comparer<ReferenceScan> Comparer { get; } = Comparer<ReferenceScan>.Create((left, right) =>
        string.CompareOrdinal(left.ToString(), right.ToString()));
}
