using CsCheck;
using Kizashi.Analyze.Cooperation.Glasso;
using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

public sealed class DarkGlassoTests
{
    private const int Samples = 12;
    private const int Groups = 60;
    private static readonly DarkGlassoOptions Options = new();

    [Fact]
    public void Groups_that_begin_together_stand_out_and_are_named()
    {
        var engine = Taught(40);
        var verdict = engine.Judge(40, Counts(40, cooperating: 20), Groups);
        Assert.True(verdict.IsOutlier);
        Assert.Equal(GlassoCondition.Provisional, verdict.Condition);
        Assert.InRange(verdict.Linked.Count(group => group < 20), 18, 20);
        Assert.Contains(verdict.Edges, edge => edge is { First: < 20, Second: < 20, Partial: > 0.01 });
        Assert.Equal(Options.Penalties, verdict.Levels.Select(level => level.Solution.Penalty));
        Assert.Equal(verdict.Levels[^1].Solution.Edges / (Groups * (Groups - 1.0)), verdict.Levels[^1].Density);
    }

    [Fact]
    public void Usual_windows_do_not_stand_out()
    {
        var engine = new DarkGlasso(Options);
        var outliers = Enumerable.Range(0, 200).Count(window => engine.Judge(window, Counts(window), Groups).IsOutlier);
        Assert.InRange(outliers, 0, 3);
    }

    [Fact]
    public void A_restart_between_any_windows_changes_no_verdict() =>
        Gen.Int[0, 29].Sample(
            restart =>
            {
                var (one, other) = (new DarkGlasso(Options), new DarkGlasso(Options));
                for (var window = 0; window < 30; window++)
                {
                    if (window == restart)
                        other = Restarted(other);

                    var counts = Counts(window, window >= 25 ? 20 : 0);
                    Same(one.Judge(window, counts, Groups), other.Judge(window, counts, Groups));
                }
            },
            iter: 5, threads: 1);

    [Fact]
    public void A_state_of_other_penalties_is_refused() =>
        Assert.Throws<InvalidDataException>(() =>
            Restarted(Taught(3), new DarkGlasso(Options with { Penalties = [0.9, 0.8, 0.7, 0.6, 0.5, 0.3] })));

    [Fact]
    public void A_window_that_comes_again_or_late_is_not_judged_and_not_remembered()
    {
        var (engine, undisturbed) = (Taught(30), Taught(30));
        foreach (var window in (long[])[29, 12])
        {
            var verdict = engine.Judge(window, Counts(99, cooperating: 20), Groups);
            Assert.Equal((GlassoCondition.OutOfOrder, false), (verdict.Condition, verdict.IsOutlier));
            Assert.True(verdict.Levels[^1].Density > 0);
        }

        Same(undisturbed.Judge(30, Counts(30), Groups), engine.Judge(30, Counts(30), Groups));
    }

    [Fact]
    public void Without_convergence_there_is_a_condition_and_no_alarm()
    {
        var engine = Restarted(Taught(40), new DarkGlasso(Options with { Tolerance = 1e-9, MaxWork = 1 }));
        var random = new Random(1);
        var counts = Enumerable.Range(0, Samples * 300).Select(_ => (float)random.Next(20)).ToArray();
        var verdict = engine.Judge(40, counts, 300);
        Assert.False(verdict.Converged);
        Assert.Equal(GlassoCondition.NotConverged, verdict.Condition);
        Assert.All(verdict.Levels, level => Assert.True(level.Solution.Converged || level.Score == 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Hardly_any_groups_are_a_window_as_good_as_any(int groups)
    {
        var engine = Taught(40);
        var verdict = engine.Judge(40, new float[Samples * groups], groups);
        Assert.False(verdict.IsOutlier);
        Assert.All(verdict.Levels, level => Assert.Equal(0, level.Density));
        Assert.Empty(verdict.Edges);
    }

    [Fact]
    public void Nothing_that_counts_could_be_breaks_it() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[2, 14]).SelectMany((groups, samples) =>
            Gen.OneOf(Gen.Float, Gen.Const(0f), Gen.Int[0, 9].Select(count => (float)count)).Array[groups * samples]
                .Select(counts => (groups, counts))).Sample(
            input =>
            {
                var verdict = Taught(19).Judge(19, input.counts, input.groups);
                Assert.All(verdict.Levels, level => Assert.True(level.Density is >= 0 and <= 0.5));
                Assert.True(double.IsFinite(verdict.Score));
                Assert.All(verdict.Edges, edge => Assert.InRange(Math.Abs(edge.Partial), double.Epsilon, 1));
            },
            iter: 50);

    [Fact]
    public void Of_too_many_groups_a_choice_is_compared_and_columns_keep_their_numbers()
    {
        const int Many = 3000;
        var counts = new float[Samples * Many];
        for (var at = 6 * Many; at < 7 * Many; at++)
            counts[at] = at % Many >= 2000 ? 500 : 1 + (at % 7);

        var engine = new DarkGlasso(Options with { MaxGroups = 500, Penalties = [3] });
        var verdict = engine.Judge(5, counts, Many);
        Assert.Equal((Many, 500), verdict.Groups);
        Assert.Equal(GroupChoice.Choose(Many, 500, 1, 5).Where(column => column >= 2000), verdict.Linked);
    }

    [Fact]
    public void Faults_in_its_options_are_all_told()
    {
        var options = new DarkGlassoOptions { MaxGroups = 499, Theta = 1, Penalties = [0.4, 0.5, 0] };
        Assert.Equal(4, options.Faults().Count);
        Assert.Throws<ArgumentException>(() => new DarkGlasso(options));
        Assert.Throws<ArgumentException>(() => new DarkGlasso(Options).Judge(1, new float[13], 2));
    }

    private static DarkGlasso Taught(int windows)
    {
        var engine = new DarkGlasso(Options);
        for (var window = 0; window < windows; window++)
            engine.Judge(window, Counts(window), Groups);

        return engine;
    }

    // Groups of their own, each with a few packets now and then; those that cooperate begin in the same sample.
    private static float[] Counts(int window, int cooperating = 0)
    {
        var random = new Random(1000 + window);
        var counts = new float[Samples * Groups];
        for (var packet = 0; packet < 4 * Groups; packet++)
            counts[random.Next(counts.Length)]++;

        for (var sample = 5; sample < Samples; sample++)
        {
            for (var group = 0; group < cooperating; group++)
                counts[(sample * Groups) + group] += 1 + random.Next(3);
        }

        return counts;
    }

    private static DarkGlasso Restarted(DarkGlasso engine, DarkGlasso? fresh = null)
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream, "glasso", 1);
        engine.Save(writer);
        writer.Finish();
        stream.Position = 0;
        var reader = new StateReader(stream, "glasso", 1);
        fresh ??= new DarkGlasso(Options);
        fresh.Load(reader);
        reader.Finish();
        return fresh;
    }

    private static void Same(GlassoVerdict expected, GlassoVerdict actual)
    {
        Assert.Equal(expected.Levels, actual.Levels);
        Assert.Equal(expected.Edges, actual.Edges);
        Assert.Equal(expected.Unmasked, actual.Unmasked);
        Assert.Equal((expected.Score, expected.Penalty), (actual.Score, actual.Penalty));
        Assert.Equal(expected.Condition, actual.Condition);
    }
}
