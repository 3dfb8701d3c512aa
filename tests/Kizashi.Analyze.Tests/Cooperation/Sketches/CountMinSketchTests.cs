using CsCheck;
using Kizashi.Analyze.Cooperation.Sketches;

namespace Kizashi.Analyze.Tests.Cooperation.Sketches;

public sealed class CountMinSketchTests
{
    [Fact]
    public void It_never_counts_too_low()
    {
        Gen.Select(Gen.ULong[0, 200], Gen.UInt[0, 9]).Array[0, 500].Sample(
            counts =>
            {
                var sketch = new CountMinSketch(6);
                foreach (var (key, count) in counts)
                    sketch.Add(key, count);

                foreach (var key in counts.GroupBy(count => count.Item1))
                    Assert.True(sketch.Estimate(key.Key) >= key.Sum(count => count.Item2));
            },
            iter: 50);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(256UL)]
    [InlineData(1UL << 32)]
    public void It_is_too_high_by_more_than_the_stated_error_for_at_most_two_keys_in_a_hundred(ulong stride)
    {
        const int Keys = 20_000;
        var sketch = new CountMinSketch(12);
        for (var key = 0; key < Keys; key++)
            sketch.Add((ulong)key * stride, Count(key));

        var over = Enumerable.Range(0, Keys).Count(key => sketch.Estimate((ulong)key * stride) - Count(key) > sketch.Error);

        Assert.Equal(Math.E / 4096 * Enumerable.Range(0, Keys).Sum(key => Count(key)), sketch.Error, 1e-6);
        Assert.InRange(over, 0, Keys / 50);
    }

    [Fact]
    public void Merged_it_is_the_sketch_of_both()
    {
        var (left, right, both) = (new CountMinSketch(8), new CountMinSketch(8), new CountMinSketch(8));
        for (var key = 0UL; key < 1000; key++)
        {
            (key % 3 == 0 ? left : right).Add(key, (uint)key);
            both.Add(key, (uint)key);
        }

        left.Merge(right);

        Assert.Equal(both.Total, left.Total);
        Assert.All(Enumerable.Range(0, 1000), key => Assert.Equal(both.Estimate((ulong)key), left.Estimate((ulong)key)));
    }

    [Fact]
    public void Counters_stop_at_their_end_instead_of_beginning_anew()
    {
        var sketch = new CountMinSketch(4);
        sketch.Add(7, uint.MaxValue);
        sketch.Add(7, 5);

        Assert.Equal(uint.MaxValue, sketch.Estimate(7));
    }

    [Fact]
    public void Cleared_it_is_empty()
    {
        var sketch = new CountMinSketch(10);
        sketch.Add(1, 5);
        sketch.Clear();

        Assert.Equal((0UL, 0u), (sketch.Total, sketch.Estimate(1)));
    }

    [Fact]
    public void Sixteen_mebibytes_are_the_default() => Assert.Equal(16 << 20, new CountMinSketch().Bytes);

    private static uint Count(int key) => (uint)(1 + (100_000 / (key + 1)));
}
