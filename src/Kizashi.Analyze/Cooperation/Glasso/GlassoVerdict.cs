namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>What Dark-GLASSO has to say of one window: whether its groups act together more than they use to.</summary>
internal sealed record GlassoVerdict
{
    public required long Window { get; init; }

    /// <summary>Groups of the window, and how many of them were compared.</summary>
    public required (int All, int Compared) Groups { get; init; }

    /// <summary>One for each penalty, falling.</summary>
    public required IReadOnlyList<GlassoLevel> Levels { get; init; }

    /// <summary>Stands out at one penalty at least.</summary>
    public bool IsOutlier => Score >= 1;

    /// <summary>The highest of the levels' scores.</summary>
    public required double Score { get; init; }

    /// <summary>The penalty whose graph this is: that of the highest score, the highest of equals.</summary>
    public required double Penalty { get; init; }

    /// <summary>That graph, columns as given to the engine, in rising order.</summary>
    public required IReadOnlyList<GlassoEdge> Edges { get; init; }

    /// <summary>Columns with an edge, in rising order.</summary>
    public required IReadOnlyList<int> Linked { get; init; }

    /// <summary>Earlier windows that stand out now that a later one was removed; rising.</summary>
    public required IReadOnlyList<long> Unmasked { get; init; }

    public required GlassoCondition Condition { get; init; }

    public bool Converged => Levels.All(level => level.Solution.Converged);
}
