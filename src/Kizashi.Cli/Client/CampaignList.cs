using Kizashi.Core.Campaigns;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Client;

/// <summary>The answer to a question for campaigns.</summary>
/// <param name="Campaigns">Largest first.</param>
/// <param name="Compared">Sources that were compared.</param>
/// <param name="Alone">Sources in no campaign.</param>
/// <param name="LeftOut">Rows of sources there was no room for.</param>
/// <param name="MinPackets">Packets from which on a source was compared.</param>
/// <param name="Range">Of the traffic; null where it is that of files.</param>
internal sealed record CampaignList(
    IReadOnlyList<Campaign> Campaigns, int Compared, int Alone, long LeftOut, int MinPackets, TimeRange? Range)
{
    public static CampaignList Of(CampaignReport report, TimeRange? range) =>
        new(report.Campaigns, report.Compared, report.Alone, report.LeftOut, report.MinPackets, range);

    public static CampaignList Of(CampaignSnapshot snapshot) => Of(snapshot.Report, snapshot.Range);
}
