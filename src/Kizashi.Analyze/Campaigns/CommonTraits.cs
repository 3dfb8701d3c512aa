namespace Kizashi.Analyze.Campaigns;

/// <summary>
/// What sources have in common beyond chance: pairs of a port with an hour, a shape or another port that come together in
/// more sources than if each came by itself.
/// </summary>
/// <remarks>
/// The weight of a pair is its log lift, ln(n_ab N / (n_a n_b)), so a source is a row of positive pointwise mutual
/// information, the matrix that a skip-gram embedding factors (Levy and Goldberg 2014). Whoever only asks for popular ports
/// with a common system at any time has nothing beyond chance and an empty row.
/// </remarks>
internal sealed class CommonTraits
{
    private const int PortBits = 24;
    private const ulong PartMask = (1UL << PortBits) - 1;
    private const int LeastSources = 5;
    private const double LeastLift = 1.5;
    private const double LeastDeviation = 4;

    private readonly Dictionary<(int Kind, uint Value), int> _numbers = [];
    private readonly List<int> _counts = [];

    /// <summary>Sources of each trait in rising order, the traits' weights, and the rows.</summary>
    private CommonTraits(int[][] postings, float[] weights, (int Trait, float Weight)[][] rows)
    {
        (Postings, Weights, Rows) = (postings, weights, rows);
    }

    private CommonTraits()
    {
        (Postings, Weights, Rows) = ([], [], []);
    }

    private enum Part
    {
        Port,
        Hour,
        Shape,
    }

    private enum Pair : ulong
    {
        PortHour,
        PortShape,
        PortPort,
    }

    /// <summary>Numbers of the sources that have a trait, rising.</summary>
    public int[][] Postings { get; }

    /// <summary>Log lift of each trait, above 0.</summary>
    public float[] Weights { get; }

    /// <summary>Traits of each source in rising order, with weights of unit length in sum.</summary>
    public (int Trait, float Weight)[][] Rows { get; }

    /// <param name="sources">What each did.</param>
    /// <param name="options">Bounds.</param>
    public static CommonTraits Of(IReadOnlyList<IReadOnlyList<SourceTouch>> sources, CampaignOptions options)
    {
        var builder = new CommonTraits();
        var (pairs, owners) = builder.PairsOf(sources, options);
        Array.Sort(pairs, owners);
        var (postings, weights) = (new List<int[]>(), new List<float>());
        for (var from = 0; from < pairs.Length;)
        {
            var to = from;
            while (to < pairs.Length && pairs[to] == pairs[from])
                to++;

            var weight = builder.WeightOf(pairs[from], to - from, sources.Count);
            if (weight > 0)
            {
                var holders = owners[from..to];
                Array.Sort(holders);
                postings.Add(holders);
                weights.Add(weight);
            }

            from = to;
        }

        return new CommonTraits([.. postings], [.. weights], RowsOf(postings, weights, sources.Count));
    }

    private (ulong[] Pairs, int[] Owners) PairsOf(IReadOnlyList<IReadOnlyList<SourceTouch>> sources, CampaignOptions options)
    {
        var (pairs, owners) = (new List<ulong>(), new List<int>());
        var mine = new HashSet<ulong>();
        for (var source = 0; source < sources.Count; source++)
        {
            mine.Clear();
            var ports = sources[source].Select(touch => touch.Port).Distinct().Order().Take(options.MostPorts).ToArray();
            foreach (var touch in sources[source])
            {
                if (Array.BinarySearch(ports, touch.Port) < 0)
                    continue;

                var port = Number(Part.Port, touch.Port);
                mine.Add(Key(Pair.PortHour, port, Number(Part.Hour, (uint)touch.Hour)));
                if (touch.Shape != SourceTouch.NoShape)
                    mine.Add(Key(Pair.PortShape, port, Number(Part.Shape, touch.Shape)));
            }

            for (var left = 0; left < ports.Length; left++)
            {
                for (var right = left + 1; right < ports.Length; right++)
                    mine.Add(Key(Pair.PortPort, Number(Part.Port, ports[left]), Number(Part.Port, ports[right])));
            }

            Count(Part.Port, ports);
            Count(Part.Hour, sources[source].Select(touch => (uint)touch.Hour).Distinct());
            Count(Part.Shape, sources[source].Select(touch => touch.Shape).Distinct());
            foreach (var pair in mine)
            {
                pairs.Add(pair);
                owners.Add(source);
            }
        }

        return ([.. pairs], [.. owners]);
    }

    private void Count(Part part, IEnumerable<uint> values)
    {
        foreach (var value in values)
            _counts[Number(part, value)]++;
    }

    private int Number(Part part, uint value)
    {
        if (_numbers.TryGetValue(((int)part, value), out var number))
            return number;

        _counts.Add(0);
        return _numbers[((int)part, value)] = _counts.Count - 1;
    }

    private static ulong Key(Pair pair, int left, int right) =>
        ((ulong)pair << (2 * PortBits)) | ((ulong)left << PortBits) | (uint)right;

    // Nothing where chance would do: few sources, or hardly more than expected.
    private float WeightOf(ulong pair, int count, int sources)
    {
        var (left, right) = ((int)(pair >> PortBits & PartMask), (int)(pair & PartMask));
        var expected = (double)_counts[left] * _counts[right] / sources;
        return count < LeastSources || count < LeastLift * expected || (count - expected) / Math.Sqrt(expected + 1) < LeastDeviation
            ? 0
            : (float)Math.Log(count / expected);
    }

    private static (int Trait, float Weight)[][] RowsOf(List<int[]> postings, List<float> weights, int sources)
    {
        var rows = new List<(int Trait, float Weight)>[sources];
        for (var trait = 0; trait < postings.Count; trait++)
        {
            foreach (var source in postings[trait])
                (rows[source] ??= []).Add((trait, weights[trait]));
        }

        return [.. rows.Select(row => row is null ? [] : row.ToArray())];
    }
}
