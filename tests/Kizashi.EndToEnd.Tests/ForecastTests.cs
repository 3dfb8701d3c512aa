using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>Forecasts of what is stored, and of files.</summary>
public sealed class ForecastTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    [Fact]
    public async Task What_is_stored_goes_on_the_same_whether_a_center_holds_it_or_not()
    {
        (await KizashiProcess.RunAsync("simulate", "quiet", "--length", "30h", "--watch", "--data", Data)).Expect(0);
        var alone = (await KizashiProcess.RunAsync("forecast", "packets", "--horizon", "6", "--format", "csv", "--data", Data)).Expect(0).Output;
        Assert.Equal(7, alone.Trim().Split('\n').Length);
        Assert.StartsWith("step,time,median,lower50,upper50", alone, StringComparison.Ordinal);
        await using var center = KizashiProcess.Start("center", "--data", Data, "--listen", "127.0.0.1:0");
        await center.LineAsync("http://127.0.0.1:", TimeSpan.FromSeconds(60));
        Assert.Equal(alone, (await KizashiProcess.RunAsync("forecast", "packets", "--horizon", "6", "--format", "csv", "--data", Data)).Expect(0).Output);
        var tested = (await KizashiProcess.RunAsync("backtest", "tcp/23", "--horizon", "3", "--origins", "4", "--data", Data)).Expect(0).Output;
        Assert.Contains("4 forecasts of 3 steps", tested, StringComparison.Ordinal);
        Assert.Contains("seasonal-naive", tested, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_center_watches_what_is_declared_and_goes_on_after_a_restart()
    {
        (await KizashiProcess.RunAsync("simulate", "quiet", "--length", "30h", "--watch", "--data", Data)).Expect(0);
        await File.WriteAllTextAsync(
            _folder.File("more.json"), """[{ "name": "scanned", "over": "alerts", "kinds": ["darknet.scanner.aggressive"], "count": "details.packets", "by": "subject.kind" }]""", TestContext.Current.CancellationToken);
        var built = await WatchAsync();
        Assert.Subset(built.ToHashSet(), new HashSet<string> { "sources", "packets", "port/tcp/23", "alerts/darknet.scanner.aggressive", "port-packets/tcp/23", "attacks" });
        Assert.DoesNotContain(built, name => name.StartsWith("scanned", StringComparison.Ordinal));
        var whole = (await KizashiProcess.RunAsync("forecast", "port/tcp/23", "--horizon", "3", "--format", "csv", "--data", Data)).Expect(0).Output;

        // The hours it knows already are counted for what is new.
        var more = await WatchAsync("--set", "Forecasts:Files=" + _folder.File("more.json"));
        Assert.Equal(built, more.Where(name => !name.StartsWith("scanned", StringComparison.Ordinal)));
        Assert.Contains(more, name => name == "scanned/address");
        Assert.Equal(whole, (await KizashiProcess.RunAsync("forecast", "port/tcp/23", "--horizon", "3", "--format", "csv", "--data", Data)).Expect(0).Output);
        Assert.Contains("29 values", (await KizashiProcess.RunAsync("forecast", "scanned/address", "--data", Data)).Expect(0).Output, StringComparison.Ordinal);
        var declared = (await KizashiProcess.RunAsync("forecast", "--declared")).Expect(0).Output;
        Assert.Contains("\"name\": \"attacks-country\"", declared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_declared_series_that_is_wrong_is_told_with_all_its_faults()
    {
        await File.WriteAllTextAsync(_folder.File("more.json"), """[{ "name": "A", "over": "alerts", "count": "events" }, { "name": "b", "over": "observations", "count": "hosts" }]""", TestContext.Current.CancellationToken);
        var checkedSettings = (await KizashiProcess.RunAsync("config", "--check", "--set", "Forecasts:Files=" + _folder.File("more.json"))).Expect(2).Errors;
        Assert.Contains("declaration 1 (A) needs a name", checkedSettings, StringComparison.Ordinal);
        Assert.Contains("declaration 2 (b) cannot count hosts", checkedSettings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_forecast_as_it_is_and_what_is_wrong_is_told()
    {
        await File.WriteAllTextAsync(_folder.File("v.csv"), "v\n5\n5\n5\n", TestContext.Current.CancellationToken);
        Assert.Contains("all its values are the same", (await KizashiProcess.RunAsync("forecast", _folder.File("v.csv"), "--horizon", "2")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("is no file, and no series such as", (await KizashiProcess.RunAsync("forecast", "tcp/x")).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--levels are percentages", (await KizashiProcess.RunAsync("forecast", "packets", "--levels", "120")).Expect(2).Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.File("w.csv"), "v\n5\nx\n", TestContext.Current.CancellationToken);
        Assert.Contains("line 3: 'x' is not a number", (await KizashiProcess.RunAsync("backtest", _folder.File("w.csv"))).Expect(3).Errors, StringComparison.Ordinal);
        Assert.Contains("kizashi forecast tcp/5555", (await KizashiProcess.RunAsync("forecast", "--help")).Expect(0).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // Until all hours that are stored are forecast.
    private async Task<IReadOnlyList<string>> WatchAsync(params string[] settings)
    {
        await using var center = KizashiProcess.Start(["center", "--data", Data, "--listen", "127.0.0.1:0", .. settings]);
        await center.LineInErrorsAsync("ForecastWatch[64]", TimeSpan.FromSeconds(120));
        return [.. (await KizashiProcess.RunAsync("forecast", "--list", "--data", Data)).Expect(0).Output.Trim().Split('\n')];
    }
}
