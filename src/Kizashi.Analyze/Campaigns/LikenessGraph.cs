using Kizashi.Core.Campaigns;

namespace Kizashi.Analyze.Campaigns;

/// <summary>Finds the sources most like one, through the traits they share.</summary>
internal sealed class LikenessGraph
{
    private readonly CommonTraits _traits;
    private readonly CampaignOptions _options;
    private readonly double[] _lengths;
    private readonly double[] _products;
    private readonly double[] _shared;
    private readonly List<int> _met = [];

    public LikenessGraph(CommonTraits traits, CampaignOptions options)
    {
        (_traits, _options) = (traits, options);
        _lengths = [.. traits.Rows.Select(row => Math.Sqrt(row.Sum(item => (double)item.Weight * item.Weight)))];
        (_products, _shared) = (new double[traits.Rows.Length], new double[traits.Rows.Length]);
    }

    /// <summary>Those alike, most alike first, at most as many as are kept; and how many there were.</summary>
    public (SourceNeighbor[] Near, int Alike) Near(int source)
    {
        var alike = Alike(source);
        alike.Sort((left, right) => left.Likeness != right.Likeness
            ? right.Likeness.CompareTo(left.Likeness)
            : left.Source.CompareTo(right.Source));
        return ([.. alike.Take(_options.Neighbors)], alike.Count);
    }

    /// <summary>All those alike, in no order.</summary>
    public List<SourceNeighbor> Alike(int source)
    {
        foreach (var (trait, weight) in _traits.Rows[source])
            Meet(source, _traits.Postings[trait], weight);

        var alike = new List<SourceNeighbor>();
        foreach (var other in _met)
        {
            var likeness = _products[other] / (_lengths[source] * _lengths[other]);
            if (likeness >= _options.MinLikeness && _shared[other] >= _options.MinEvidence)
                alike.Add(new SourceNeighbor(other, Math.Min(1, likeness)));

            (_products[other], _shared[other]) = (0, 0);
        }

        _met.Clear();
        return alike;
    }

    // Of a trait that many have, those next in number: each source is compared with others of its kind, and the work is
    // bounded.
    private void Meet(int source, int[] holders, float weight)
    {
        var count = Math.Min(holders.Length, _options.MostCompared);
        var at = holders.Length > count ? Array.BinarySearch(holders, source) : 0;
        for (var step = 0; step < count; step++)
        {
            var other = holders[(at + step) % holders.Length];
            if (other == source)
                continue;

            if (_shared[other] == 0)
                _met.Add(other);

            _products[other] += (double)weight * weight;
            _shared[other] += weight;
        }
    }
}
