using Kizashi.Core.Addresses;

namespace Kizashi.Core.Campaigns;

/// <summary>The campaigns in some traffic.</summary>
public sealed class CampaignReport
{
    private readonly IReadOnlyList<Address> _sources;
    private readonly IReadOnlyList<int> _labels;
    private readonly IReadOnlyList<IReadOnlyList<SourceNeighbor>> _near;

    /// <param name="sources">Who was compared, in rising order.</param>
    /// <param name="labels">The number of each one's campaign, -1 for none.</param>
    /// <param name="near">Those most like each one, most alike first.</param>
    /// <param name="campaigns">By number.</param>
    public CampaignReport(
        IReadOnlyList<Address> sources, IReadOnlyList<int> labels, IReadOnlyList<IReadOnlyList<SourceNeighbor>> near,
        IReadOnlyList<Campaign> campaigns)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(near);
        if (labels.Count != sources.Count || near.Count != sources.Count)
            throw new ArgumentException("each source has one label and one list of neighbors", nameof(labels));

        (_sources, _labels, _near, Campaigns) = (sources, labels, near, campaigns);
    }

    /// <summary>Largest first.</summary>
    public IReadOnlyList<Campaign> Campaigns { get; }

    /// <summary>Sources that were compared.</summary>
    public int Compared => _sources.Count;

    /// <summary>Sources in no campaign.</summary>
    public int Alone => _labels.Count(label => label < 0);

    /// <summary>FlowTuples, or groups of them, of sources that there was no room for.</summary>
    public long LeftOut { get; init; }

    /// <summary>Packets from which on a source was compared.</summary>
    public int MinPackets { get; init; }

    public bool Knows(Address source) => NumberOf(source) >= 0;

    /// <summary>The campaign of this name; null for none.</summary>
    public Campaign? Named(string name) => Campaigns.FirstOrDefault(campaign => campaign.Name == name);

    /// <summary>The campaign of a source; null for none.</summary>
    public Campaign? Of(Address source) =>
        NumberOf(source) is var number and >= 0 && _labels[number] is var label and >= 0 ? Campaigns[label] : null;

    /// <summary>Those most like a source, most alike first; empty when it is not known.</summary>
    public IReadOnlyList<CampaignNeighbor> Near(Address source) => NumberOf(source) is var number and >= 0
        ? [.. _near[number].Select(near => new CampaignNeighbor(
            _sources[near.Source], near.Likeness, _labels[near.Source] is var label and >= 0 ? Campaigns[label].Name : null))]
        : [];

    /// <summary>The same with other words for the campaigns, one for each.</summary>
    public CampaignReport With(IReadOnlyList<Campaign> campaigns)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        if (campaigns.Count != Campaigns.Count)
            throw new ArgumentException("there are as many campaigns as before", nameof(campaigns));

        return new CampaignReport(_sources, _labels, _near, campaigns) { LeftOut = LeftOut, MinPackets = MinPackets };
    }

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
