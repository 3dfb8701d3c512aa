namespace Kizashi.Cli.Evaluation;

/// <summary>How many outbreaks of about one strength an engine found.</summary>
/// <param name="Engine">Which engine.</param>
/// <param name="From">Least strength: most /16s with three packets in ten minutes.</param>
/// <param name="To">Strength that is already beyond.</param>
/// <param name="Outbreaks">How many there were.</param>
/// <param name="Found">How many it told of.</param>
internal sealed record RecallPoint(string Engine, int From, int To, int Outbreaks, int Found)
{
    private static readonly int[] Bounds = [0, 1, 3, 6, 12, 20, 40, 80, 160, int.MaxValue];

    /// <summary>The curve of one engine, weakest first; bins without outbreaks are left out.</summary>
    public static IEnumerable<RecallPoint> Curve(string engine, IReadOnlyList<ScenarioScore> scores)
    {
        var outbreaks = scores.SelectMany(score => score.Outbreaks).Where(outbreak => outbreak.Engine == engine).ToArray();
        for (var i = 0; i + 1 < Bounds.Length; i++)
        {
            var bin = outbreaks.Where(outbreak => outbreak.Strength >= Bounds[i] && outbreak.Strength < Bounds[i + 1]).ToArray();
            if (bin.Length > 0)
                yield return new RecallPoint(engine, Bounds[i], Bounds[i + 1], bin.Length, bin.Count(outbreak => outbreak.FoundAt is not null));
        }
    }
}
