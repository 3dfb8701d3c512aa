using System.Text.Json.Nodes;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>The commands that judge captures and store nothing: `kizashi campaigns` and `kizashi engines run`.</summary>
public sealed class OfflineTests : IDisposable
{
    private const string Dark = "198.18.0.0/21";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_bots_of_an_outbreak_are_the_only_campaign_in_the_background()
    {
        var file = await SimulateAsync("6h");
        var result = (await RunAsync("campaigns", file, "--json")).Expect(0).Json;
        var campaign = Assert.Single(result["campaigns"]!.AsArray())!;
        Assert.Equal("tcp/5555 mirai 2026-01-01", (string?)campaign["name"]);
        Assert.Equal(["tcp/5555"], campaign["ports"]!.AsArray().Select(port => (string?)port));
        string[] sources = [.. campaign["sources"]!.AsArray().Select(source => (string)source!)];
        Assert.InRange(sources.Length, 150, 220);
        Assert.InRange((int)result["compared"]!, 100_000, 1_000_000);

        // The truth lists some of the bots.
        var truth = JsonNode.Parse(await File.ReadAllTextAsync(file.Replace(".pcap", ".truth.json", StringComparison.Ordinal), TestContext.Current.CancellationToken))!;
        var bots = truth["events"]!.AsArray().Where(item => (string?)item!["kind"] == "outbreak")
            .SelectMany(item => item!["sources"]!.AsArray()).Select(source => (string)source!).ToHashSet();
        Assert.True(sources.Count(bots.Contains) > 0.4 * sources.Length);

        var asked = (await RunAsync("campaigns", file, "--source", sources[0])).Expect(0).Output;
        Assert.StartsWith($"{sources[0]} is in tcp/5555 mirai 2026-01-01, one of {sources.Length} sources", asked, StringComparison.Ordinal);
        Assert.All(
            asked.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1),
            line => Assert.EndsWith("tcp/5555 mirai 2026-01-01", line.TrimEnd(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_stored_has_the_same_campaigns_with_a_center_and_without()
    {
        var file = await SimulateAsync("6h");
        await RunAsync("watch", file);
        var offline = (await RunAsync("campaigns", file, "--json")).Expect(0).Json["campaigns"]!.AsArray();
        var stored = (await AskAsync("--json")).Expect(0).Json;
        Assert.Equal(Sources(offline), Sources(stored["campaigns"]!.AsArray()));
        Assert.NotNull(stored["range"]);
        Assert.Contains("from 2025-12-31 05:59 to 2026-01-01 06:00 UTC", (await AskAsync()).Expect(0).Output, StringComparison.Ordinal);

        await using var center = KizashiProcess.Start("center", "--data", _folder.Path, "--listen", "127.0.0.1:0");
        await center.LineAsync("portal at", TimeSpan.FromSeconds(60));
        Assert.Equal(Sources(offline), Sources((await AskAsync("--json")).Expect(0).Json["campaigns"]!.AsArray()));
        var bot = Sources(offline)[0].Split(' ')[0];
        Assert.Contains($"{bot} is in tcp/5555 mirai 2026-01-01, one of ", (await AskAsync("--source", bot)).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("240.255.255.254 sent fewer than 3 packets", (await AskAsync("--source", "240.255.255.254")).Expect(0).Output, StringComparison.Ordinal);

        static string[] Sources(JsonArray campaigns) =>
            [.. campaigns.SelectMany(campaign => campaign!["sources"]!.AsArray().Select(source => $"{source} {campaign["name"]}"))];

        Task<ProgramResult> AskAsync(params string[] arguments) =>
            KizashiProcess.RunAsync(["campaigns", .. arguments, "--data", _folder.Path]);
    }

    [Fact]
    public async Task Without_files_and_without_a_store_it_is_said_what_to_do()
    {
        var run = (await KizashiProcess.RunAsync("campaigns", "--data", _folder.File("none"))).Expect(2);
        Assert.Contains("there is no data directory", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_scanners_of_different_tools_are_never_in_one_campaign()
    {
        string[] captures = ["slp-unsolicited-15-days.pcap", "masscan-tcp.pcap", "synscan.pcap", "nmap-80-all.pcap", "mirai-probes.pcap", "synack-reflection.pcap", "snmp-amplification.pcapng"];
        var owners = new Dictionary<string, HashSet<string>>();
        foreach (var name in captures)
        {
            foreach (var row in await Tshark.FieldsAsync(Corpus.Capture(name), "ip.src"))
            {
                var source = row[0];
                if (!owners.TryGetValue(source, out var files))
                    owners[source] = files = [];

                files.Add(name);
            }
        }

        var run = (await KizashiProcess.RunAsync(["campaigns", .. captures.Select(Corpus.Capture), "--dark", "0.0.0.0/0", "--min-packets", "1", "--json", "--data", _folder.Path])).Expect(0).Json;
        var campaigns = run["campaigns"]!.AsArray();
        Assert.NotEmpty(campaigns);
        Assert.Contains(campaigns, campaign => (string?)campaign!["name"] == "udp/427 2023-06-01" && campaign["sources"]!.AsArray().Count > 100);
        foreach (var campaign in campaigns)
        {
            var common = campaign!["sources"]!.AsArray().Select(source => (IEnumerable<string>)owners[(string)source!]).Aggregate((all, files) => all.Intersect(files));
            Assert.NotEmpty(common);
        }
    }

    [Fact]
    public async Task Engines_print_a_table_JSON_or_CSV_of_all_or_of_one()
    {
        var file = await SimulateAsync("80m");
        var table = (await RunAsync("engines", "run", file)).Expect(0).Output;
        Assert.Contains("window end (UTC)", table, StringComparison.Ordinal);
        foreach (var engine in (string[])["baseline", "changefinder", "glasso", "nmf", "ntd"])
            Assert.Contains($"\n{engine,-12}  last window 2026-01-01", table.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        var json = (await RunAsync("engines", "run", file, "--json", "--engine", "nmf")).Expect(0).Json;
        Assert.Equal(5, json["engines"]!.AsArray().Count);
        Assert.NotEmpty(json["alarms"]!.AsArray());
        Assert.All(json["alarms"]!.AsArray(), alarm => Assert.Equal("nmf", (string?)alarm!["engine"]));
        Assert.Null((string?)json["error"]);

        var csv = (await RunAsync("engines", "run", file, "--csv", "--engine", "nmf")).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("windowEnd,engine,score,groups,ports,condition", csv[0], StringComparison.Ordinal);
        Assert.Equal(json["alarms"]!.AsArray().Count, csv.Length - 1);
    }

    [Theory]
    [InlineData("campaigns")]
    [InlineData("engines", "run")]
    public async Task Bad_input_is_named_and_has_its_exit_code(params string[] command)
    {
        var damaged = Corpus.Capture("mirai-sandbox-2019.pcap");
        var run = (await KizashiProcess.RunAsync([.. command, damaged, "--dark", "0.0.0.0/0", "--data", _folder.Path])).Expect(3);
        Assert.Contains("mirai-sandbox-2019.pcap: damaged at byte", run.Errors, StringComparison.Ordinal);
        (await KizashiProcess.RunAsync([.. command, _folder.File("none.pcap")])).Expect(2);
        (await KizashiProcess.RunAsync([.. command, damaged, "--json", "--csv"])).Expect(2);
    }

    [Fact]
    public async Task What_is_no_address_has_no_campaign() =>
        (await KizashiProcess.RunAsync("campaigns", Corpus.Capture("masscan-tcp.pcap"), "--source", "nonsense")).Expect(2);

    public void Dispose() => _folder.Dispose();

    private async Task<string> SimulateAsync(string length)
    {
        var file = _folder.File($"outbreak-{length}.pcap");
        (await KizashiProcess.RunAsync("simulate", "outbreak", "--length", length, "--dark", Dark, "--output", file, "--data", _folder.Path)).Expect(0);
        return file;
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        KizashiProcess.RunAsync([.. arguments, "--dark", Dark, "--data", _folder.Path]);
}
