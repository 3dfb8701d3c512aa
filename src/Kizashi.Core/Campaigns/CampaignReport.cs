using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Campaigns;

/// <summary>The campaigns in some traffic.</summary>
public sealed class CampaignReport
{
    private readonly IReadOnlyList<Address> _sources;
    private readonly CampaignVerdict _verdict;

    internal CampaignReport(IReadOnlyList<Address> sources, CampaignVerdict verdict, IReadOnlyList<Campaign> campaigns, (long LeftOut, int MinPackets) bounds)
    {
        (_sources, _verdict, Campaigns) = (sources, verdict, campaigns);
        (LeftOut, MinPackets) = bounds;
    }

    /// <summary>Largest first.</summary>
    public IReadOnlyList<Campaign> Campaigns { get; }

    /// <summary>Sources that were compared.</summary>
    public int Compared => _sources.Count;

    /// <summary>Sources in no campaign.</summary>
    public int Alone => _verdict.Labels.Count(label => label < 0);

    /// <summary>FlowTuples of sources that there was no room for.</summary>
    public long LeftOut { get; }

    /// <summary>Packets from which on a source was compared.</summary>
    public int MinPackets { get; }

    public bool Knows(Address source) => NumberOf(source) >= 0;

    /// <summary>The campaign of a source; null for none.</summary>
    public Campaign? Of(Address source) =>
        NumberOf(source) is var number and >= 0 && _verdict.Labels[number] is var label and >= 0 ? Campaigns[label] : null;

    /// <summary>Those most like a source, most alike first; empty when it is not known.</summary>
    public IReadOnlyList<CampaignNeighbor> Near(Address source) => NumberOf(source) is var number and >= 0
        ? [.. _verdict.Neighbors[number].Select(near => new CampaignNeighbor(
            _sources[near.Source], near.Likeness, _verdict.Labels[near.Source] is var label and >= 0 ? Campaigns[label].Name : null))]
        : [];

    private int NumberOf(Address source)
    {
        var (low, high) = (0, _sources.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _sources[middle].CompareTo(source);
            if (order == 0)
                return middle;

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
