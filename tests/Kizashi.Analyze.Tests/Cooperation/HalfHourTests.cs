using Kizashi.Analyze.Cooperation;
using Kizashi.Analyze.Cooperation.Engines;

namespace Kizashi.Analyze.Tests.Cooperation;

public sealed class HalfHourTests
{
    private readonly HalfHour _half = new();

    [Fact]
    public void Three_whole_windows_make_one()
    {
        Assert.True(_half.Begins(30));
        Assert.Null(_half.End(Window(3)));
        Assert.False(_half.Begins(59));
        Assert.Null(_half.End(Window(4)));
        Assert.True(_half.End(Window(5)));
    }

    [Fact]
    public void A_window_with_a_gap_spoils_it() =>
        Assert.Equal([null, null, false], [_half.End(Window(3)), _half.End(Window(4, whole: false)), _half.End(Window(5))]);

    [Fact]
    public void Windows_of_a_half_hour_that_never_ended_do_not_count_for_the_next()
    {
        _half.Begins(30);
        _half.End(Window(3));
        _half.End(Window(4));
        Assert.True(_half.Begins(70));
        Assert.Null(_half.End(Window(7)));
        Assert.False(_half.End(Window(8)));
    }

    private static WindowView Window(long number, bool whole = true) => new()
    {
        Number = number,
        Activities = [],
        Cells = [],
        Conditions = [],
        IsWhole = whole,
        Batches = [],
        IsSimulated = false,
    };
}
