using System.Globalization;
using Kizashi.Analyze.Campaigns;
using Kizashi.Core.Addresses;

namespace Kizashi.Cli.Terminal;

/// <summary>Campaigns and neighbors as lines of fixed columns or CSV.</summary>
internal static class CampaignTable
{
    private const int MostPorts = 6;

    public static void Write(TextWriter output, CampaignReport report)
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
        if (report.LeftOut > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"no room for {report.LeftOut} rows of further sources"));
    }

    public static void Write(TextWriter output, CampaignReport report, Address source)
    {
        if (!report.Knows(source))
        {
            output.WriteLine($"{source} sent fewer than {report.MinPackets} packets, so it is not compared with others");
            return;
        }

        output.WriteLine(report.Of(source) is { } campaign
            ? string.Create(CultureInfo.InvariantCulture, $"{source} is in {campaign.Name}, one of {campaign.Sources.Count} sources")
            : $"{source} is in no campaign");
        foreach (var near in report.Near(source))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{near.Likeness,6:0.000}  {near.Source,-39}  {near.Campaign}").TrimEnd());
    }

    public static void WriteCsv(TextWriter output, CampaignReport report)
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
