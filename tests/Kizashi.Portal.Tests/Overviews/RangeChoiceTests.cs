using Kizashi.Portal.Overviews;

namespace Kizashi.Portal.Tests.Overviews;

public sealed class RangeChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 3, 30, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("99h", null, null)]
    [InlineData(null, "2026-11-23T00:00", "2026-11-22T00:00")]
    [InlineData(null, "0001-01-01", "9999-12-31")]
    [InlineData(null, "<script>", "x")]
    public void What_cannot_be_read_is_the_usual_day(string? preset, string? from, string? to) =>
        Assert.Equal(RangeChoice.Usual, RangeChoice.Parse(preset, from, to));

    [Theory]
    [InlineData("99h", null, null, "range")]
    [InlineData("24h", "x", "2026-11-22T00:00", "from,to")]
    [InlineData(null, "2026-11-22T00:00", null, "from")]
    [InlineData("7d", null, null, "")]
    [InlineData(null, "2026-11-21T00:00", "2026-11-22T00:00", "")]
    public void What_an_address_asks_in_vain_is_named(string? preset, string? from, string? to, string expected) =>
        Assert.Equal(expected, string.Join(',', RangeChoice.Faults(preset, from, to).Select(fault => fault.Name)));

    [Fact]
    public void An_address_says_the_same_range_again()
    {
        var choice = RangeChoice.Parse(null, "2026-11-20T00:00", "2026-11-22T12:00");
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(choice.Query);
        Assert.Equal(choice, RangeChoice.Parse(null, query["from"], query["to"]));
        Assert.False(choice.IsLive);
    }

    [Theory]
    [InlineData("1h", 1)]
    [InlineData("6h", 1)]
    [InlineData("24h", 5)]
    [InlineData("7d", 30)]
    public void Buckets_keep_a_chart_at_four_hundred_points_or_fewer(string preset, int minutes)
    {
        var choice = RangeChoice.Parse(preset, null, null);
        Assert.Equal(TimeSpan.FromMinutes(minutes), choice.Bucket);
        Assert.InRange(choice.Length / choice.Bucket, 1, 400);
    }

    [Fact]
    public void A_live_range_ends_after_now_in_whole_buckets()
    {
        var range = RangeChoice.Usual.Resolve(Now);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 5, 0, TimeSpan.Zero), range.To);
        Assert.Equal(TimeSpan.FromDays(1), range.Length);
    }

    [Fact]
    public void Old_captures_are_shown_where_they_end()
    {
        var end = new DateTimeOffset(2019, 6, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(end, RangeChoice.Anchor(end, Now));
        Assert.Equal(Now, RangeChoice.Anchor(Now.AddMinutes(-4), Now));
        Assert.Equal(Now, RangeChoice.Anchor(null, Now));
    }
}
