using CsCheck;
using Kizashi.Core.Observations;

namespace Kizashi.Core.Tests.Observations;

public sealed class DistinctSketchTests
{
    private static readonly Gen<DistinctSketch> Any = Gen.ULong.Array[0, 200].Select(Of);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void The_error_is_within_what_is_stated(int count)
    {
        const int Trials = 200;
        var squares = 0.0;
        var sum = 0.0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var error = (Of(Hashes(trial, count)).Estimate() / count) - 1;
            squares += error * error;
            sum += error;
        }

        Assert.InRange(Math.Sqrt(squares / Trials), 0, 0.22);
        Assert.InRange(sum / Trials, -0.06, 0.06);
    }

    [Fact]
    public void Nothing_is_nothing() => Assert.Equal(0, default(DistinctSketch).Estimate());

    [Fact]
    public void The_same_value_twice_changes_nothing() =>
        Gen.Select(Any, Gen.ULong).Sample((sketch, hash) => sketch.Add(hash) == sketch.Add(hash).Add(hash));

    [Fact]
    public void Merging_is_the_union() =>
        Gen.Select(Gen.ULong.Array[0, 100], Gen.ULong.Array[0, 100]).Sample((left, right) =>
            Of(left).Merge(Of(right)) == Of([.. left, .. right]));

    [Fact]
    public void Merging_is_commutative_associative_and_idempotent() =>
        Gen.Select(Any, Any, Any).Sample((a, b, c) =>
            a.Merge(b) == b.Merge(a) && a.Merge(b).Merge(c) == a.Merge(b.Merge(c)) && a.Merge(a) == a);

    private static DistinctSketch Of(ulong[] hashes) =>
        hashes.Aggregate(default(DistinctSketch), (sketch, hash) => sketch.Add(hash));

    private static ulong[] Hashes(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 1))];
    }
}
