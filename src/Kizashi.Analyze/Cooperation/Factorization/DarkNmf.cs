namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Finds hosts that cooperate by non-negative factorization of their packets per minute.</summary>
/// <remarks>
/// Han et al., "Dark-TRACER: early detection framework for malware activity based on anomalous spatiotemporal patterns",
/// IEEE Access 2022; thresholds from its published code. Pure: the same counts give the same verdict.
/// </remarks>
internal sealed class DarkNmf
{
    /// <summary>Rows of the matrix: minutes of a window.</summary>
    public const int Minutes = 30;

    // Groups of different ranks at least so alike are one.
    private const double Same = 0.8;
    private const double Similar = 0.5;

    // Below this a residual is rounding: the logarithm of the description length must not fall to minus infinity.
    private const double LeastError = 1e-12;

    private readonly DarkNmfOptions _options;

    public DarkNmf(DarkNmfOptions? options = null) => _options = options ?? new();

    /// <summary>Judges one window.</summary>
    /// <param name="counts">Packets, 30 minutes x <paramref name="groups"/> hosts, row major.</param>
    /// <param name="groups">Hosts or host groups, columns.</param>
    public NmfVerdict Judge(ReadOnlySpan<float> counts, int groups) => Judge(counts, groups, Minutes);

    /// <summary>Judges a window of another number of rows; the port variant does with ports as columns.</summary>
    public NmfVerdict Judge(ReadOnlySpan<float> counts, int columns, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, checked(columns * rows));
        var (chosen, faint, loud) = Choose(counts, columns, rows);
        var most = Math.Min(_options.MostRank, Math.Min(rows, chosen.Length) - 1);
        if (most < 1)
            return new NmfVerdict([], 0, [], chosen.Length, faint, loud);

        var v = CountMatrix.Of(counts, columns, chosen);
        var start = new NmfStart(v);
        List<NmfFit> fits = [];
        List<NmfGroup> found = [];
        for (var rank = 1; rank <= most; rank++)
        {
            var model = Nmf.Factor(v, start, rank, _options.Factorization);
            fits.Add(new NmfFit(
                rank, model.MeanSquaredError, model.Iterations, model.Converged, DescriptionLength(v, model)));
            for (var k = 0; k < rank; k++)
            {
                if (Group(v, model, k) is { } group)
                    found.Add(group);
            }
        }

        var best = fits.MinBy(fit => fit.DescriptionLength).Rank;
        return new NmfVerdict(Distinct(found, best, most, chosen), best, fits, chosen.Length, faint, loud);
    }

    private (int[] Chosen, int Faint, int Loud) Choose(ReadOnlySpan<float> counts, int columns, int rows)
    {
        var (sums, peaks) = (new double[columns], new float[columns]);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var count = CountMatrix.Sound(counts[(row * columns) + column]);
                sums[column] += count;
                peaks[column] = Math.Max(peaks[column], count);
            }
        }

        List<int> chosen = [];
        var (faint, loud) = (0, 0);
        for (var column = 0; column < columns; column++)
        {
            if (sums[column] < _options.LeastPackets)
                faint++;
            else if (peaks[column] > _options.MostPerMinute)
                loud++;
            else
                chosen.Add(column);
        }

        return ([.. chosen], faint, loud);
    }

    private NmfGroup? Group(CountMatrix v, NmfModel model, int k)
    {
        var rank = model.Rank;
        var profile = new float[v.Rows];
        for (var row = 0; row < v.Rows; row++)
            profile[row] = model.W[(row * rank) + k];

        var weight = profile.Sum(value => (double)value);
        var takes = model.H.Row(k)[..v.Columns];
        var strongest = 0.0;
        foreach (var value in takes)
            strongest = Math.Max(strongest, value * weight);

        var least = Math.Max(_options.ActivePackets, strongest * _options.AnomalousShare);
        List<int> members = [];
        for (var column = 0; column < takes.Length; column++)
        {
            if (takes[column] * weight >= least)
                members.Add(column);
        }

        if (members.Count < _options.LeastMembers || strongest < _options.ActivePackets)
            return null;

        var packets = new float[members.Count];
        foreach (var (at, member) in members.Index())
            packets[at] = (float)(takes[member] * weight);

        for (var row = 0; row < profile.Length; row++)
            profile[row] = (float)(profile[row] / weight);

        return new NmfGroup(rank, [.. members], packets, profile, Likeness(v, members, profile), 0);
    }

    private static double Likeness(CountMatrix v, List<int> members, ReadOnlySpan<float> profile)
    {
        var norm = 0.0;
        foreach (var share in profile)
            norm += (double)share * share;

        var sum = 0.0;
        foreach (var member in members)
        {
            var (product, squares) = (0.0, 0.0);
            for (var row = 0; row < v.Rows; row++)
            {
                double count = v.Values[(row * v.Stride) + member];
                product += count * profile[row];
                squares += count * count;
            }

            sum += product / Math.Sqrt(norm * squares);
        }

        return Math.Min(1, sum / members.Count);
    }

    // The best rank comes first, then its neighbours: what remains of nearly equal groups is the one described best.
    private static List<NmfGroup> Distinct(List<NmfGroup> found, int best, int ranks, int[] chosen)
    {
        List<NmfGroup> kept = [];
        foreach (var group in found.OrderBy(group => Math.Abs(group.Rank - best)).ThenBy(group => group.Rank))
        {
            if (kept.Exists(other => Jaccard(group.Columns, other.Columns) >= Same))
                continue;

            var support = found.Where(other => Jaccard(group.Columns, other.Columns) >= Similar)
                .Select(other => other.Rank).Distinct().Count();
            kept.Add(group with { Support = (double)support / ranks });
        }

        return
        [
            .. kept.OrderByDescending(group => group.Score).ThenBy(group => group.Columns[0])
                .Select(group => group with { Columns = [.. group.Columns.Select(column => chosen[column])] }),
        ];
    }

    private static double Jaccard(int[] left, int[] right)
    {
        // The ratio of sizes bounds the index: most pairs end here.
        var (small, large) = (Math.Min(left.Length, right.Length), Math.Max(left.Length, right.Length));
        if (small < Similar * large)
            return 0;

        var (at, other, both) = (0, 0, 0);
        while (at < left.Length && other < right.Length)
        {
            var order = left[at].CompareTo(right[other]);
            both += order == 0 ? 1 : 0;
            at += order <= 0 ? 1 : 0;
            other += order >= 0 ? 1 : 0;
        }

        return (double)both / (left.Length + right.Length - both);
    }

    // DarkNMF.r: Gaussian residual of the fitted variance, and half a logarithm for each free parameter.
    private static double DescriptionLength(CountMatrix v, NmfModel model)
    {
        var cells = (double)v.Rows * v.Columns;
        var parameters = (model.Rank * (double)(v.Rows + v.Columns)) - ((double)model.Rank * model.Rank);
        var residual = cells / 2 * (Math.Log(2 * Math.PI * Math.Max(LeastError, model.MeanSquaredError)) + 1);
        return residual + (parameters / 2 * Math.Log(cells / (2 * Math.PI)));
    }
}
