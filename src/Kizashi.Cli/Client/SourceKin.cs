using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;

namespace Kizashi.Cli.Client;

/// <summary>The answer to whom a source is like.</summary>
/// <param name="Source">Who was asked for.</param>
/// <param name="Known">Was it compared with others?</param>
/// <param name="MinPackets">Packets from which on a source is compared.</param>
/// <param name="Campaign">Name of its campaign; null for none.</param>
/// <param name="CampaignSources">Sources of that campaign.</param>
/// <param name="Neighbors">Those most like it, most alike first.</param>
internal sealed record SourceKin(
    Address Source, bool Known, int MinPackets, string? Campaign, int CampaignSources, IReadOnlyList<CampaignNeighbor> Neighbors)
{
    public static SourceKin Of(CampaignReport report, Address source)
    {
        var campaign = report.Of(source);
        return new SourceKin(
            source, report.Knows(source), report.MinPackets, campaign?.Name, campaign?.Sources.Count ?? 0, report.Near(source));
    }
}
