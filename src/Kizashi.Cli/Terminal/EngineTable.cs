using System.Globalization;
using Kizashi.Analyze.Cooperation;
using Kizashi.Core.Findings;
using Kizashi.Core.Sensors;

namespace Kizashi.Cli.Terminal;

/// <summary>What the engines saw, as lines of fixed columns or CSV.</summary>
internal static class EngineTable
{
    private const int MostPorts = 4;

    public static void Write(
        TextWriter output, (IReadOnlyList<EngineRow> Rows, long Dropped) alarms, IReadOnlyList<EngineStatus> engines,
        IReadOnlyList<OutbreakFinding> outbreaks)
    {
        output.WriteLine($"{"window end (UTC)",-17}  {"engine",-12}  {"score",7}  {"groups",6}  {"ports",-40}  condition");
        foreach (var row in alarms.Rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.WindowEnd.UtcDateTime:yyyy-MM-dd HH:mm}   {row.Engine,-12}  {row.Score,7:0.00}  {row.Groups,6}  {Ports(row.Ports),-40}  {row.Condition}").TrimEnd());
        }

        if (alarms.Rows.Count == 0)
            output.WriteLine("no alarm");

        if (alarms.Dropped > 0)
            output.WriteLine($"{alarms.Dropped} more alarms are not listed");

        output.WriteLine();
        foreach (var engine in engines.OrderBy(engine => engine.Engine, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{engine.Engine,-12}  last window {engine.WindowEnd?.UtcDateTime:yyyy-MM-dd HH:mm}  {engine.Alarms} alarms  {engine.Condition}").TrimEnd());
        }

        foreach (var outbreak in outbreaks)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"outbreak {outbreak.Campaign}: {outbreak.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm} to {outbreak.LastSeen.UtcDateTime:yyyy-MM-dd HH:mm}, {outbreak.Groups} groups, about {outbreak.Hosts} hosts, seen by {string.Join(", ", outbreak.Votes.Select(vote => vote.Engine))}"));
        }
    }

    public static void WriteCsv(TextWriter output, IReadOnlyList<EngineRow> rows)
    {
        output.WriteLine("windowEnd,engine,score,groups,ports,condition");
        foreach (var row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.WindowEnd.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{row.Engine},{row.Score:0.###},{row.Groups},{string.Join(' ', row.Ports)},{row.Condition}"));
        }
    }

    private static string Ports(IReadOnlyList<string> ports) => ports.Count <= MostPorts
        ? string.Join(' ', ports)
        : string.Join(' ', ports.Take(MostPorts)) + string.Create(CultureInfo.InvariantCulture, $" +{ports.Count - MostPorts}");
}
