using Kizashi.Cli.Forecasts;
using Kizashi.Testing;

namespace Kizashi.Cli.Tests.Forecasts;

public sealed class SeriesFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Times_that_are_left_out_and_cells_that_are_empty_are_gaps()
    {
        var series = Read("day,hosts,\"log, ins\"\n2026-11-01,5,1\n2026-11-02,,2\n2026-11-05,7,NA\n2026-11-06,8,4\n");
        Assert.Equal("hosts", series.Name);
        Assert.Equal([5, double.NaN, double.NaN, double.NaN, 7, 8], series.Values);
        Assert.Equal((TimeSpan.FromDays(1), new DateTimeOffset(2026, 11, 8, 0, 0, 0, TimeSpan.Zero)), (series.Step, series.After(2)));
        Assert.Equal([7, 364], series.Periods);
        Assert.Equal([1, 2, double.NaN, double.NaN, double.NaN, 4], Read("day,hosts,\"log, ins\"\n2026-11-01,5,1\n2026-11-02,,2\n2026-11-05,7,NA\n2026-11-06,8,4\n", "log, ins").Values);
    }

    [Fact]
    public void Values_alone_need_no_times()
    {
        var series = Read("packets\n1\n2.5\n-3e2\n");
        Assert.Equal([1, 2.5, -300], series.Values);
        Assert.Null(series.After(1));
        Assert.Empty(series.Periods);
        Assert.Equal([24, 168], Read("t,v\n2026-11-01T00:00Z,1\n2026-11-01T01:00Z,2\n2026-11-01T02:00Z,3\n").Periods.Take(2));
    }

    [Theory]
    [InlineData("v\n1\nx\n", "line 3: 'x' is not a number")]
    [InlineData("t,v\n2026-11-02,1\n2026-11-01,2\n", "line 3: 2026-11-01 does not come after")]
    [InlineData("t,v\n2026-11-01,1\n2026-11-02,1\n2026-11-03T07:00,2\n2026-11-04T07:00,2\n", "is not a whole number of steps")]
    [InlineData("t,v\n2026-11-01,1\nyesterday,2\n", "line 3: 'yesterday' is not a time")]
    [InlineData("t,v\n2026-11-01,1\n2026-11-02\n", "line 3: it has fewer columns")]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("v\n\"1\n", "is no line of CSV")]
    public void What_is_no_series_is_told_with_its_line(string text, string fault)
    {
        var told = Assert.Throws<CommandException>(() => Read(text));
        Assert.Contains(fault, told.Message, StringComparison.Ordinal);
        Assert.Contains("series.csv", told.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, told.ExitCode);
    }

    [Fact]
    public void A_column_that_is_not_there_and_a_file_that_is_not_are_told()
    {
        Assert.Contains("it has t, v", Assert.Throws<CommandException>(() => Read("t,v\n2026-11-01,1\n", "w")).Message, StringComparison.Ordinal);
        Assert.Throws<CommandException>(() => SeriesFile.Read(_folder.File("none.csv"), null));
    }

    public void Dispose() => _folder.Dispose();

    private ReadSeries Read(string text, string? column = null)
    {
        File.WriteAllText(_folder.File("series.csv"), text);
        return SeriesFile.Read(_folder.File("series.csv"), column);
    }
}
