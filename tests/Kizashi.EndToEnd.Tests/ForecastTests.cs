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
}
