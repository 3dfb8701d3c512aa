using System.Globalization;
using Kizashi.Analyze.Cooperation.Glasso;

namespace Kizashi.Bench.Engines;

/// <summary>Dark-GLASSO on one core, in processor time as its peers.</summary>
internal static class GlassoBench
{
    private const string Window = "Dark-GLASSO 1,000 hosts x 6 penalties";
    private const string AgainstR = "against R glasso";
    private const string AgainstSklearn = "against scikit-learn graphical_lasso";
    private const string Difference = "Dark-GLASSO, largest difference to R glasso";
    private const int Samples = 12;
    private const int Rounds = 3;
    private static readonly DarkGlassoOptions Options = new();

    /// <summary>The numbers that the issue demands.</summary>
    public static IReadOnlyList<string> Required { get; } = [Window, AgainstR, AgainstSklearn, Difference];

    public static void Run(BenchContext context, Action<BenchResult> add)
    {
        Judge(BurstyCounts.Make(Samples, 200, 20, 1), 200);
        IEnumerable<(string Name, Func<BenchContext, BenchResult> Measure)> all =
        [
            (Window, MeasureWindow),
            (AgainstR, MeasureR),
            (AgainstSklearn, MeasureSklearn),
            (Difference, MeasureDifference),
        ];
        foreach (var (_, measure) in all.Where(part => context.Only is null || context.Only == part.Name))
            add(measure(context));
    }

    private static BenchResult MeasureWindow(BenchContext context)
    {
        var counts = BurstyCounts.Make(Samples, 1000, 60, 7);
        var converged = true;
        var seconds = Fastest(() => converged &= Judge(counts, 1000).Converged);
        return BenchResult.AtMost(
            Window, converged ? seconds : null, "s", 6,
            "one thread, from counts to verdict; processor time, fastest of three");
    }

    private static BenchResult MeasureR(BenchContext context)
    {
        double[] penalties = [0.9, 0.4];
        var counts = BurstyCounts.Make(Samples, 1000, 60, 7);
        var ours = penalties.Length / Fastest(() => Solve(counts, 1000, penalties));
        var peer = GlassoPeer.R(context.Work, counts, 1000).Solve(1e-4, penalties)?.Seconds;
        return BenchResult.Times(
            AgainstR, ours, "penalties/s", "R glasso", penalties.Length / peer, 20,
            "1,000 hosts, both solve only 0.9 and 0.4, since the peer takes too long for six; it runs at its default "
            + "thr=1e-4; processor time");
    }

    private static BenchResult MeasureSklearn(BenchContext context)
    {
        double[] penalties = [0.9, 0.6];
        var counts = BurstyCounts.Make(Samples, 200, 20, 7);
        var ours = penalties.Length / Fastest(() => Solve(counts, 200, penalties));
        var peer = GlassoPeer.Sklearn(context.Work, counts, 200).Solve(1e-4, penalties)?.Seconds;
        return BenchResult.Times(
            AgainstSklearn, ours, "penalties/s", "scikit-learn", penalties.Length / peer, 100,
            "both solve 200 hosts at 0.9 and 0.6, since the peer takes too long for 1,000; it runs at its default "
            + "tol=1e-4; processor time");
    }

    private static BenchResult MeasureDifference(BenchContext context)
    {
        var counts = BurstyCounts.Make(Samples, 300, 30, 7);
        var ours = Solve(counts, 300, Options.Penalties).Covariance.ToArray();
        var peer = GlassoPeer.R(context.Work, counts, 300);
        double? Most(double threshold) =>
            peer.Solve(threshold, 0.4)?.Covariance.Zip(ours, (theirs, own) => Math.Abs(theirs - own)).Max();

        var (exact, usual) = (Most(1e-6) * 1e6, Most(1e-4) * 1e6);
        return BenchResult.AtMost(Difference, exact, "millionths", 100, string.Create(
            CultureInfo.InvariantCulture,
            $"entries of W, 300 hosts at 0.4, ours at the end of the path, the peer at thr=1e-6; at 1e-4: {usual:F0}"));
    }

    private static GlassoVerdict Judge(float[] counts, int groups) => new DarkGlasso(Options).Judge(1, counts, groups);

    private static GlassoPath Solve(float[] counts, int groups, IReadOnlyList<double> penalties)
    {
        var covariance = LogCounts.Covariance(counts, groups, [.. Enumerable.Range(0, groups)]);
        var path = new GlassoPath(covariance, groups, new GlassoLimits(Options.Tolerance));
        foreach (var penalty in penalties)
            path.Solve(penalty);

        return path;
    }

    private static double Fastest(Action act) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        var before = Environment.CpuUsage.TotalTime;
        act();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    });
}
