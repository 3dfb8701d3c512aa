using Kizashi.Core.Forecasts;
using Kizashi.Store.Embedded;

namespace Kizashi.Store.Tests.Embedded;

public sealed class ForecastStoreTests
{
    private const long Hour = 24 * 20_000;

    [Fact]
    public void Counts_of_hours_come_back_with_those_that_were_not_observed()
    {
        using var fixture = new StoreFixture();
        fixture.Store.Forecasts.Save([new WatchedCounts(1, "port", "tcp/23", Hour + 20, [1, float.NaN, 3, 4, 5, 6])], [], [7]);
        fixture.Store.Forecasts.Save([new WatchedCounts(1, "port", "tcp/23", Hour + 26, [9]), new WatchedCounts(2, "port", "", Hour, [0])], [], [8, 9]);
        fixture.Reopen();
        var series = fixture.Store.Forecasts.Series();
        Assert.Equal(["tcp/23", ""], series.Select(one => one.Key));
        Assert.Equal(Hour, series[0].First);
        Assert.Equal([1, float.NaN, 3, 4, 5, 6, 9, float.NaN], series[0].Values.Skip(20).Take(8));
        Assert.Equal([8, 9], fixture.Store.Forecasts.State());
    }

    [Fact]
    public void One_series_is_found_by_its_name_with_all_of_its_days_and_no_other()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Forecasts;
        store.Save(
            [new WatchedCounts(1, "port", "tcp/23", Hour, new float[30]), new WatchedCounts(2, "port", WatchedCounts.Observed, Hour, [0]), new WatchedCounts(3, "all", "", Hour, [5])], [], []);
        Assert.Equal(["all", "port/tcp/23"], store.Names().Order());
        Assert.Equal((1, 48), (store.Find("port/tcp/23")!.Id, store.Find("port/tcp/23")!.Values.Count));
        Assert.Equal(5, store.Find("all")!.Values[0]);
        Assert.Null(store.Find("port"));
        Assert.Null(store.Find("all/tcp/23"));
    }

    [Fact]
    public void What_was_said_is_found_by_its_hour_and_by_its_series()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Forecasts;
        store.Save([new WatchedCounts(1, "a", "", Hour, [1]), new WatchedCounts(2, "b", "", Hour, [1])], [.. Enumerable.Range(0, 5).SelectMany(step => new[] { Said(1, step), Said(2, step) })], []);
        Assert.Equal([1, 2], store.IssuedFor(Hour + 3, 24).Select(said => said.Series));
        Assert.Empty(store.IssuedFor(Hour + 3, 1));
        var of = store.IssuedOf(2, 24, Hour + 2);
        Assert.Equal([Hour + 2, Hour + 3, Hour + 4], of.Select(said => said.Hour));
        Assert.Equal(Said(2, 2).Upper, of[0].Upper);
        Assert.Equal((2f, 24), (of[0].Median, of[0].Lead));
    }

    [Fact]
    public void A_series_that_gives_way_is_forgotten_and_so_are_old_hours()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Forecasts;
        store.Save([new WatchedCounts(1, "a", "", Hour, [1]), new WatchedCounts(2, "b", "", Hour, new float[72])], [Said(1, 0), Said(2, 0), Said(2, 60)], []);
        store.Remove([1]);
        Assert.Equal([2], store.Series().Select(one => one.Id));
        Assert.Empty(store.IssuedOf(1, 24, 0));
        store.Forget(Hour + 30, Hour + 50);
        Assert.Equal(Hour + 24, store.Series()[0].First);
        Assert.Equal([Hour + 60], store.IssuedOf(2, 24, 0).Select(said => said.Hour));
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        using var fixture = new StoreFixture();
        _ = fixture.Store.Forecasts.State();
        fixture.Store.Dispose();
        var file = Path.Combine(fixture.DataDirectory, "forecasts.db");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        fixture.Reopen();
        Assert.Contains("version 99", Assert.Throws<StoreVersionException>(() => fixture.Store.Forecasts).Message, StringComparison.Ordinal);
    }

    private static IssuedForecast Said(int series, int step) => new(series, Hour + step, 24, step, [step - 1, step - 2, step - 3], [step + 1, step + 2, step + 3]);
}
