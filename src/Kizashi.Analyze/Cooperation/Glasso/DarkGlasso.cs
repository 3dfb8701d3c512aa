using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>
/// Notices that groups of hosts begin to act together: the density of their graph leaves what it was in the last
/// days.
/// </summary>
/// <remarks>
/// Han, Shimamura, Takahashi, Inoue, Takeuchi, Nakao, TrustCom 2019; as part of Dark-TRACER: Han et al., IEEE Access
/// 10 (2022). Call it with whole windows only: a gap in the record is no window with few packets.
/// </remarks>
internal sealed class DarkGlasso
{
    private readonly DarkGlassoOptions _options;
    private readonly DensityHistory[] _histories;
    private long _last = long.MinValue;

    public DarkGlasso(DarkGlassoOptions options)
    {
        if (options.Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join("; ", faults), nameof(options));

        _options = options;
        _histories = [.. options.Penalties.Select(_ => new DensityHistory(options))];
    }

    /// <summary>Judges a window and takes it into the history.</summary>
    /// <param name="window">Its number, rising; windows left out are gaps.</param>
    /// <param name="counts">
    /// Packets: samples in rows (12 of 50 s), groups in columns, at least two samples unless there are no groups.
    /// Groups stand in an order that does not depend on chance, since the choice of them goes by column.
    /// </param>
    /// <param name="groups">Columns: the groups with at least one packet in the window.</param>
    public GlassoVerdict Judge(long window, ReadOnlySpan<float> counts, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(groups);
        if (groups == 0 ? counts.Length > 0 : counts.Length % groups > 0 || counts.Length < 2 * groups)
            throw new ArgumentException("counts are no matrix of at least two samples", nameof(counts));

        var chosen = GroupChoice.Choose(groups, _options.MaxGroups, _options.Seed, window);
        var inOrder = window > _last;
        _last = Math.Max(_last, window);
        var path = new GlassoPath(LogCounts.Covariance(counts, groups, chosen), chosen.Length, Limits());
        List<GlassoLevel> levels = [];
        SortedSet<long> removed = [];
        var reported = (Score: -1d, Penalty: 0d, Edges: (IReadOnlyList<GlassoEdge>)[]);
        foreach (var (penalty, history) in _options.Penalties.Zip(_histories))
        {
            var level = Level(path.Solve(penalty), chosen.Length);
            if (inOrder && level.Solution.Converged)
                level = level with { Score = history.Judge(window, Judged(level), removed) };

            levels.Add(level);
            if (level.Score > reported.Score)
                reported = (level.Score, penalty, path.Edges());
        }

        return new GlassoVerdict
        {
            Window = window,
            Groups = (groups, chosen.Length),
            Levels = levels,
            Score = Math.Max(0, reported.Score),
            Penalty = reported.Penalty,
            Edges = [.. reported.Edges.Select(edge =>
                edge with { First = chosen[edge.First], Second = chosen[edge.Second] })],
            Linked = [.. reported.Edges.SelectMany(edge => (int[])[chosen[edge.First], chosen[edge.Second]])
                .Distinct().Order()],
            Unmasked = [.. removed.Where(earlier => earlier != window)],
            Condition = Condition(inOrder, levels),
        };
    }

    public void Save(StateWriter writer)
    {
        writer.WriteSpan<double>([.. _options.Penalties]);
        writer.Write(_options.History);
        writer.Write(_last);
        foreach (var history in _histories)
            history.Save(writer);
    }

    /// <exception cref="InvalidDataException">The state is damaged or of other penalties or another length of
    /// history.</exception>
    public void Load(StateReader reader)
    {
        if (!reader.ReadSpan<double>(_histories.Length).AsSpan().SequenceEqual([.. _options.Penalties])
            || reader.Read<int>() != _options.History)
        {
            throw new InvalidDataException("a history of other penalties or another length");
        }

        _last = reader.Read<long>();
        foreach (var history in _histories)
            history.Load(reader);
    }

    private GlassoLimits Limits() => new(_options.Tolerance, _options.MaxWork * 1_000_000L);

    private static GlassoLevel Level(GlassoStep solution, int groups) =>
        new(solution, groups < 2 ? 0 : solution.Edges / (groups * (groups - 1d)), 0);

    private double Judged(GlassoLevel level) => level.Solution.Linked < _options.MinLinked ? 0 : level.Density;

    private GlassoCondition Condition(bool inOrder, List<GlassoLevel> levels)
    {
        if (!inOrder)
            return GlassoCondition.OutOfOrder;

        if (levels.Exists(level => !level.Solution.Converged))
            return GlassoCondition.NotConverged;

        var shortest = _histories.Min(history => history.Count);
        return shortest <= _options.MinHistory ? GlassoCondition.ShortHistory
            : shortest < _options.FullHistory ? GlassoCondition.Provisional
            : GlassoCondition.None;
    }
}
