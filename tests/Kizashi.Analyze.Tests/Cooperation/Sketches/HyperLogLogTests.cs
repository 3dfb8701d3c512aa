using CsCheck;
using Kizashi.Analyze.Cooperation.Sketches;

namespace Kizashi.Analyze.Tests.Cooperation.Sketches;

public sealed class HyperLogLogTests
{
    private const double StandardError = 1.04 / 64;

    // Ways in which keys of real traffic differ: neighbors, one address per /24, only in the high bits, reversed, random.
    public static TheoryData<string> Patterns => ["consecutive", "strided", "high", "reversed", "random"];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_error_is_that_of_theory_whatever_keys_differ_in(string pattern)
    {
        foreach (var distinct in (int[])[100, 3_000, 10_000, 20_000])
        {
            var squares = 0.0;
            for (var trial = 0; trial < 50; trial++)
            {
                var sketch = new HyperLogLog();
                for (var at = 0; at < distinct; at++)
                    sketch.Add(Key(pattern, trial, (ulong)at));

                var off = (sketch.Estimate() / distinct) - 1;
                squares += off * off;
            }

            // The root mean square of 50 trials is itself uncertain by a tenth.
            Assert.InRange(Math.Sqrt(squares / 50), 0, 1.35 * StandardError);
        }
    }

    [Fact]
    public void There_is_no_bias_where_linear_counting_used_to_end()
    {
        foreach (var distinct in (int[])[8_000, 10_240, 13_000])
        {
            var sum = 0.0;
            for (var trial = 0; trial < 50; trial++)
            {
                var sketch = new HyperLogLog();
                for (var at = 0; at < distinct; at++)
                    sketch.Add(Key("random", trial, (ulong)at));

                sum += (sketch.Estimate() / distinct) - 1;
            }

            Assert.InRange(sum / 50, -0.5 * StandardError, 0.5 * StandardError);
        }
    }

    [Fact]
    public void A_few_keys_are_told_exactly()
    {
        var sketch = new HyperLogLog();
        Assert.Equal(0, sketch.Estimate());
        for (var key = 1UL; key <= 10; key++)
        {
            sketch.Add(key);
            sketch.Add(key);
            Assert.Equal(key, Math.Round(sketch.Estimate()));
        }
    }

    [Fact]
    public void Merged_it_is_the_sketch_of_all_keys()
    {
        Gen.Select(Gen.ULong.Array[0, 300], Gen.ULong.Array[0, 300], Gen.Int[4, 16]).Sample(
            (left, right, bits) =>
            {
                var merged = Of(left, bits);
                merged.Merge(Of(right, bits));
                Assert.True(merged.Ranks.SequenceEqual(Of([.. right, .. left], bits).Ranks));
            },
            iter: 50);
    }

    [Fact]
    public void Sketches_of_other_sizes_do_not_merge() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperLogLog(10).Merge(new HyperLogLog(11)));

    [Fact]
    public void Cleared_it_is_empty()
    {
        var sketch = Of([1, 2, 3], 12);
        sketch.Clear();
        Assert.Equal(0, sketch.Estimate());
    }

    private static HyperLogLog Of(ulong[] keys, int bits)
    {
        var sketch = new HyperLogLog(bits);
        foreach (var key in keys)
            sketch.Add(key);

        return sketch;
    }

    private static ulong Key(string pattern, int trial, ulong at)
    {
        var key = ((ulong)trial << 24) + at;
        return pattern switch
        {
            "consecutive" => key,
            "strided" => key << 8,
            "high" => key << 24,
            "reversed" => Reverse(key),
            _ => unchecked((key + 1) * 0x9E3779B97F4A7C15) ^ (key * 0xC2B2AE3D27D4EB4F >> 31),
        };
    }

    private static ulong Reverse(ulong key)
    {
        var reversed = 0UL;
        for (var bit = 0; bit < 64; bit++)
            reversed |= ((key >> bit) & 1) << (63 - bit);

        return reversed;
    }
}
