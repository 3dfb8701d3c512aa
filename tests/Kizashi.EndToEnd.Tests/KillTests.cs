using System.Text.Json.Nodes;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>Killed at random moments, the program loses nothing that was stored and doubles nothing.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 5;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Watch_killed_again_and_again_ends_as_if_it_had_never_been()
    {
        var capture = _folder.File("day.pcap");
        (await KizashiProcess.RunAsync("simulate", "dos", "--length", "6h", "--seed", "11", "--output", capture)).Expect(0);
        var (whole, broken) = (_folder.File("whole"), _folder.File("broken"));
        var undisturbed = (await WatchAsync(capture, whole)).Expect(0);
        var seconds = Math.Max(1.0, (double)undisturbed.Json["seconds"]!);

        // Moments from the start of the program to past the end of its work.
        var random = new Random(20261123);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var process = KizashiProcess.Start("watch", capture, "--quiet", "--data", broken, "--set", "Storage:KeepFreeMiB=0");
            await Task.Delay(TimeSpan.FromSeconds(0.3 + (random.NextDouble() * (seconds + 1))), TestContext.Current.CancellationToken);
            await process.KillAsync();
            await CheckAsync(broken);
        }

        (await WatchAsync(capture, broken)).Expect(0);
        Assert.Equal(await CheckAsync(whole), await CheckAsync(broken));
        Assert.Equal(await AlertsAsync(whole), await AlertsAsync(broken));
    }

    [Fact]
    public async Task A_center_killed_while_it_works_opens_again_and_has_what_it_had()
    {
        var capture = _folder.File("day.pcap");
        (await KizashiProcess.RunAsync("simulate", "dos", "--length", "2h", "--seed", "12", "--output", capture)).Expect(0);
        var data = _folder.File("center");
        var random = new Random(41);
        for (var kill = 0; kill < 3; kill++)
        {
            await using var center = KizashiProcess.Start("center", "--data", data, "--listen", "127.0.0.1:0");
            await center.LineAsync("portal at", TimeSpan.FromSeconds(60));
            await using var watch = KizashiProcess.Start("watch", capture, "--quiet", "--data", data);
            await Task.Delay(TimeSpan.FromSeconds(0.5 + random.NextDouble()), TestContext.Current.CancellationToken);
            await center.KillAsync();
            await watch.EndAsync();
        }

        var whole = _folder.File("whole");
        (await WatchAsync(capture, whole)).Expect(0);
        (await WatchAsync(capture, data)).Expect(0);
        Assert.Equal(await CheckAsync(whole), await CheckAsync(data));
        Assert.Equal(await AlertsAsync(whole), await AlertsAsync(data));
    }

    public void Dispose() => _folder.Dispose();

    private static Task<ProgramResult> WatchAsync(string capture, string data) =>
        KizashiProcess.RunAsync("watch", capture, "--json", "--quiet", "--data", data);

    /// <summary>The store is sound; gives tuples and packets in it.</summary>
    private static async Task<(long Tuples, long Packets)> CheckAsync(string data)
    {
        if (!Directory.Exists(data))
            return (0, 0);

        var check = (await KizashiProcess.RunAsync("store", "check", "--json", "--data", data)).Expect(0).Json;
        Assert.Empty(check["problems"]!.AsArray());
        return ((long)check["tuples"]!, (long)check["packets"]!);
    }

    private static async Task<string> AlertsAsync(string data)
    {
        var run = (await KizashiProcess.RunAsync("alerts", "--format", "json", "--oldest-first", "--most", "10000", "--data", data)).Expect(0);
        var alerts = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.NotEmpty(alerts);
        return string.Join('\n', alerts.OrderBy(alert => (string)alert["id"]!, StringComparer.Ordinal).Select(alert => alert.ToJsonString()));
    }
}
