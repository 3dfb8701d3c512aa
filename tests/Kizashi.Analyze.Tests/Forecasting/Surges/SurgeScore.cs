using Kizashi.Analyze.Forecasting.Surges;
using Kizashi.Core.Findings;
using Kizashi.Simulation.Counts;

namespace Kizashi.Analyze.Tests.Forecasting.Surges;

/// <summary>How announced surges compare with the truth of simulated series.</summary>
/// <param name="Due">Surges made by an outbreak whose infected had doubled six hours before, or earlier.</param>
/// <param name="Early">Of these, announced at least six hours ahead.</param>
/// <param name="Announced">Of these, announced at all.</param>
/// <param name="False">Announcements that did not come true.</param>
/// <param name="Hours">Hours of series watched.</param>
internal sealed record SurgeScore(int Due, int Early, int Announced, int False, long Hours)
{
    private const int Ahead = 6;

    public double FalsePerWeek => False * 16_800.0 / Hours;

    public static SurgeScore Of(IEnumerable<int> seeds, int hours, double outbreaks, SurgeOptions options)
    {
        var (gate, sum) = (new Lock(), new SurgeScore(0, 0, 0, 0, 0));
        Parallel.ForEach(seeds, seed =>
        {
            var one = Of(new OutbreakCounts(seed, hours, outbreaks), options);
            lock (gate)
                sum = new SurgeScore(sum.Due + one.Due, sum.Early + one.Early, sum.Announced + one.Announced, sum.False + one.False, sum.Hours + one.Hours);
        });
        return sum;
    }

    private static SurgeScore Of(OutbreakCounts series, SurgeOptions options)
    {
        float[] counts = [.. series.Counts];
        var (judge, state, tally, findings) = (new SurgeJudge(options), new SurgeState(), new SurgeTally(), new List<Finding>());
        for (var hour = 0; hour < counts.Length; hour++)
            state = judge.Take(("x", "sources"), counts.AsSpan(0, hour + 1), hour, state, null, tally, findings);

        var (due, early, announced) = (0, 0, 0);
        foreach (var outbreak in series.Outbreaks)
        {
            var surge = Enumerable.Range(outbreak.Start, counts.Length - outbreak.Start)
                .FirstOrDefault(hour => counts[hour] >= options.LineOf(UsualCounts.Of(counts, hour)) && series.Infected[hour] >= counts[hour] / 2, -1);
            if (surge < 0 || outbreak.Begun < 0 || surge - outbreak.Begun < Ahead)
                continue;

            var lead = findings.OfType<SurgeFinding>().Where(finding => Hour(finding.Came) == surge).Select(finding => surge - Hour(finding.Announced) + 1).DefaultIfEmpty(0).Max();
            (due, early, announced) = (due + 1, early + (lead >= Ahead ? 1 : 0), announced + (lead > 0 ? 1 : 0));
        }

        return new SurgeScore(due, early, announced, tally.False, tally.Hours);
    }

    private static long Hour(DateTimeOffset? time) => time is { } known ? known.ToUnixTimeSeconds() / 3600 : -1;
}
