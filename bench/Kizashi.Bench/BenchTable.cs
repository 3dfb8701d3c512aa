using System.Globalization;

namespace Kizashi.Bench;

/// <summary>Results for people.</summary>
internal static class BenchTable
{
    public static void Write(IEnumerable<BenchResult> results, TextWriter to)
    {
        foreach (var result in results)
        {
            var peer = result.Peer is null ? "" : string.Create(
                CultureInfo.InvariantCulture, $"  {result.Peer} {result.PeerValue:N2}, {result.Ratio:N1} times");
            var met = result.Met switch { true => "met", false => "NOT MET", null => "" };
            var goal = result.Goal is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  goal {result.Goal:N2} {met}");
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Name,-52}{result.Value,12:N2} {result.Unit}{peer}{goal}"));
        }
    }
}
