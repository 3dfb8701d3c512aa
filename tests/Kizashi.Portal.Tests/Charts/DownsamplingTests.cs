using CsCheck;
using Kizashi.Portal.Charts;

namespace Kizashi.Portal.Tests.Charts;

public sealed class DownsamplingTests
{
    [Fact]
    public void A_hundred_thousand_points_become_two_thousand_and_the_peak_stays()
    {
        var values = new double?[100_000];
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Sin(i / 500.0);
        values[77_123] = 1_000;

        var kept = Downsampling.Keep(values);

        Assert.InRange(kept.Count, 1_900, Downsampling.MostPoints);
        Assert.Contains(77_123, kept);
        Assert.Equal((0, 99_999), (kept[0], kept[^1]));
    }

    [Fact]
    public void Few_points_are_left_as_they_are() =>
        Assert.Equal([0, 1, 2], Downsampling.Keep([1.0, null, 3.0]));

    [Fact]
    public void Every_gap_is_still_a_gap_and_indexes_ascend() => Gen.Select(Gen.Double[0, 1e6], Gen.Int[0, 40], (value, roll) => roll == 0 ? (double?)null : value)
        .Array[500, 5_000]
        .Sample(values =>
        {
            var kept = Downsampling.Keep(values, 400);
            for (var i = 1; i < kept.Count; i++)
                Assert.True(kept[i] > kept[i - 1]);

            var stretches = 0;
            var keptStretches = 0;
            for (var i = 0; i < values.Length; i++)
                stretches += values[i] is null && (i == 0 || values[i - 1] is not null) ? 1 : 0;
            for (var i = 0; i < kept.Count; i++)
                keptStretches += values[kept[i]] is null ? 1 : 0;
            Assert.Equal(values.Length <= 400 ? keptStretches : stretches, keptStretches);
        });
}
