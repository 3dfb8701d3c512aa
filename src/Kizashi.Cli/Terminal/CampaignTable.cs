using System.Globalization;
using Kizashi.Cli.Client;

namespace Kizashi.Cli.Terminal;

/// <summary>Campaigns and neighbors as lines of fixed columns or CSV.</summary>
internal static class CampaignTable
{
    private const int MostPorts = 6;

    public static void Write(TextWriter output, CampaignList report)
    {
        if (report.Campaigns.Count > 0)
            output.WriteLine($"{"sources",8}  {"packets",10}  {"first (UTC)",-16}  {"last",-16}  {"campaign",-44}  ports");

        foreach (var campaign in report.Campaigns)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{campaign.Sources.Count,8}  {campaign.Packets,10}  {campaign.First.UtcDateTime:yyyy-MM-dd HH:mm}  {campaign.Last.UtcDateTime:yyyy-MM-dd HH:mm}  {campaign.Name,-44}  {Ports(campaign.Ports)}").TrimEnd());
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Campaigns.Count} campaigns; {report.Alone} of {report.Compared} sources of at least {report.MinPackets} packets in none"));
        if (report.Range is { } range)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from {range.From.UtcDateTime:yyyy-MM-dd HH:mm} to {range.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));

        if (report.LeftOut > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"no room for {report.LeftOut} rows of further sources"));
    }

    public static void Write(TextWriter output, SourceKin kin)
    {
        if (!kin.Known)
        {
            output.WriteLine($"{kin.Source} sent fewer than {kin.MinPackets} packets, so it is not compared with others");
            return;
        }

        output.WriteLine(kin.Campaign is null
            ? $"{kin.Source} is in no campaign"
            : string.Create(CultureInfo.InvariantCulture, $"{kin.Source} is in {kin.Campaign}, one of {kin.CampaignSources} sources"));
        foreach (var near in kin.Neighbors)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{near.Likeness,6:0.000}  {near.Source,-39}  {near.Campaign}").TrimEnd());
    }

    public static void WriteCsv(TextWriter output, CampaignList report)
    {
        output.WriteLine("source,campaign");
        foreach (var campaign in report.Campaigns)
        {
            foreach (var source in campaign.Sources)
                output.WriteLine($"{source},{campaign.Name}");
        }
    }

    private static string Ports(IReadOnlyList<string> ports) => ports.Count <= MostPorts
        ? string.Join(' ', ports)
        : string.Join(' ', ports.Take(MostPorts)) + string.Create(CultureInfo.InvariantCulture, $" +{ports.Count - MostPorts}");
}
