namespace Kizashi.Bench.Engines;

/// <summary>How fast the engines judge a window, each part against its peer.</summary>
public static class EnginesBench
{
    // Whoever adds an engine adds a line. A part measures the results that are wanted and hands over each.
    private static readonly IReadOnlyList<(Action<BenchContext, Action<BenchResult>> Run, IReadOnlyList<string> Required)> Parts =
    [
        (FactorizationBench.Run, FactorizationBench.Required),
        (GlassoBench.Run, GlassoBench.Required),
        (SketchBench.Run, SketchBench.Required),
    ];

    /// <summary>The numbers that the issue demands.</summary>
    public static IReadOnlyList<string> Required { get; } = [.. Parts.SelectMany(part => part.Required)];

    public static IReadOnlyList<BenchResult> Run(BenchContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        List<BenchResult> results = [];
        foreach (var (run, required) in Parts)
        {
            if (context.Only is null || required.Contains(context.Only))
                run(context, Add);
        }

        return results;

        void Add(BenchResult result)
        {
            results.Add(result);
            BenchTable.Write([result], context.Log);
        }
    }
}
