using System.Text.Json.Nodes;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>A simulated day with its truth: everything above the definitions is found, nothing is invented.</summary>
public sealed class SimulatedDayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("demo", "1", "24h")]
    [InlineData("day", "2", "8h")]
    [InlineData("ipv6", "3", "24h")]
    [InlineData("outbreak", "4", "12h")]
    public async Task Alerts_are_exactly_those_the_truth_expects(string scenario, string seed, string length)
    {
        var capture = _folder.File("day.pcap");
        (await KizashiProcess.RunAsync("simulate", scenario, "--seed", seed, "--length", length, "--output", capture)).Expect(0);
        var truth = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("day.truth.json"), TestContext.Current.CancellationToken))!;
        var dark = string.Join(',', truth["dark"]!.AsArray().Select(prefix => (string)prefix!));
        var own = string.Join(',', truth["own"]!.AsArray().Select(prefix => (string)prefix!));
        var data = _folder.File("data");
        var run = (await KizashiProcess.RunAsync("watch", capture, "--json", "--quiet", "--dark", dark, "--set", "Networks:Own=" + own, "--data", data)).Expect(0).Json;
        Assert.Equal((long)truth["packets"]!, (long)run["packets"]!);
        Assert.Equal(0, (long)run["lost"]!);

        foreach (var kind in (string[])["darknet.scan", "darknet.dos-victim", "darknet.own-host"])
            Assert.Equal(Expected(truth, kind), await FoundAsync(data, kind));

        var vectors = truth["events"]!.AsArray().Count(item => (string?)item!["expectedAlert"] == "darknet.dos-victim");
        Assert.True(vectors <= run["dosVictims"]!.AsArray().Count);
    }

    public void Dispose() => _folder.Dispose();

    private static SortedSet<string> Expected(JsonNode truth, string kind) =>
        new(truth["events"]!.AsArray()
            .Where(item => (string?)item!["expectedAlert"] == kind)
            .SelectMany(item => item!["sources"]!.AsArray().Select(address => (string)address!)), StringComparer.Ordinal);

    private static async Task<SortedSet<string>> FoundAsync(string data, string kind)
    {
        var run = (await KizashiProcess.RunAsync("alerts", "--kind", kind, "--format", "json", "--most", "1000000", "--data", data)).Expect(0);
        return new SortedSet<string>(
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => (string)JsonNode.Parse(line)!["subject"]!),
            StringComparer.Ordinal);
    }
}
