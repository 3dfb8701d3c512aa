using System.IO.Compression;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>What `kizashi watch` promises besides counts.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    [Fact]
    public async Task The_same_file_twice_adds_nothing_unless_again()
    {
        var file = Corpus.Capture("mirai-sandbox-2019.pcap");
        var first = (await WatchAsync(file)).Expect(3).Json;
        var alerts = await AlertsAsync();
        var second = (await WatchAsync(file)).Expect(3).Json;
        Assert.True((long)first["batchesStored"]! > 0);
        Assert.Equal(0, (long)second["batchesStored"]!);
        Assert.Equal((long)first["batchesStored"]!, (long)second["batchesKnown"]!);
        Assert.Equal(alerts, await AlertsAsync());
        var again = (await WatchAsync(file, "--again")).Expect(3).Json;
        Assert.Equal((long)first["batchesStored"]!, (long)again["batchesStored"]!);
    }

    [Fact]
    public async Task Standard_input_takes_gzip_and_gives_the_counts_of_the_file()
    {
        var file = Corpus.Capture("synscan.pcap");
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        await using (var plain = File.OpenRead(file))
            await plain.CopyToAsync(gzip, TestContext.Current.CancellationToken);

        zipped.Position = 0;
        var result = (await KizashiProcess.RunAsync(zipped, "watch", "-", "--json", "--quiet", "--data", Data)).Expect(0).Json;
        Assert.Equal(2011, (long)result["packets"]!);
        var known = (await WatchAsync(file)).Expect(0).Json;
        Assert.Equal(0, (long)known["batchesStored"]!);
    }

    [Fact]
    public async Task A_filter_lets_only_matching_packets_in()
    {
        var file = Corpus.Capture("synack-reflection.pcap");
        var rows = await Tshark.FieldsAsync(file, "ip.proto", "tcp.srcport");
        var expected = rows.Count(row => row.Length > 1 && row[0] == "6" && row[1] == "443");
        var result = (await WatchAsync(file, "--filter", "tcp src port 443")).Expect(0).Json;
        Assert.Equal(expected, (long)result["packets"]!);
    }

    [Theory]
    [InlineData("--filter", "tcp bort 443", "filter")]
    [InlineData("--dark", "192.0.2.0/99", "192.0.2.0/99")]
    [InlineData("--sensor", "../x", "--sensor")]
    [InlineData("--set", "Telescope:Shards=0", "Telescope:Shards")]
    public async Task Wrong_usage_says_what_is_wrong_and_exits_with_2(string option, string value, string part)
    {
        var file = Corpus.Capture("synscan.pcap");
        var run = (await WatchAsync(file, option, value)).Expect(2);
        Assert.Contains(part, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_capture_is_named_with_offset_and_reason()
    {
        var file = _folder.File("letter.txt");
        await File.WriteAllTextAsync(file, "Dear analyst, this is no capture at all.", TestContext.Current.CancellationToken);
        var run = (await WatchAsync(file)).Expect(3);
        Assert.Contains("letter.txt", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_is_followed_as_files_appear()
    {
        var spool = Directory.CreateDirectory(_folder.File("spool")).FullName;
        File.Copy(Corpus.Capture("mirai-probes.pcap"), Path.Combine(spool, "1.pcap"));
        await using var process = KizashiProcess.Start("watch", spool, "--follow", "--json", "--data", Data);
        await process.LineInErrorsAsync("observing", TimeSpan.FromSeconds(60));
        File.Copy(Corpus.Capture("synscan.pcap"), Path.Combine(spool, "2.pcap"));
        File.Copy(Corpus.Capture("mirai-probes.pcap"), Path.Combine(spool, "3.pcap"));

        // Where nobody watches a terminal, the progress is told now and then.
        await process.LineInErrorsAsync("2,015 packets", TimeSpan.FromSeconds(90));
        process.Interrupt();
        var result = (await process.EndAsync()).Expect(0).Json;
        Assert.InRange((long)result["packets"]!, 2 + 2011, 2 + 2011 + 2);
    }

    [Fact]
    public async Task A_second_program_on_the_same_data_directory_is_refused_by_name()
    {
        await using var center = KizashiProcess.Start("center", "--data", Data, "--listen", "127.0.0.1:0");
        await center.LineAsync("portal at", TimeSpan.FromSeconds(60));
        var second = (await KizashiProcess.RunAsync("center", "--data", Data, "--listen", "127.0.0.1:0")).Expect(2);
        Assert.Contains(Data, second.Errors, StringComparison.Ordinal);
        Assert.Contains(center.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), second.Errors, StringComparison.Ordinal);

        // The refused one must not have taken the running one's socket away.
        Assert.Empty(await AlertsAsync());
    }

    [Fact]
    public async Task A_running_center_does_the_work_of_watch_and_answers_for_alerts()
    {
        await using var center = KizashiProcess.Start("center", "--data", Data, "--listen", "127.0.0.1:0");
        await center.LineAsync("portal at", TimeSpan.FromSeconds(60));
        var run = (await WatchAsync(Corpus.Capture("mirai-sandbox-2019.pcap"))).Expect(3);
        Assert.Equal(8919, (long)run.Json["packets"]!);
        var through = await AlertsAsync();
        Assert.NotEmpty(through);
        center.Interrupt();
        (await center.EndAsync()).Expect(0);
        Assert.Equal(through, await AlertsAsync());
    }

    [Fact]
    public async Task Real_traffic_does_not_come_into_a_demos_data()
    {
        var demo = Directory.CreateDirectory(Data).FullName;
        await File.WriteAllTextAsync(Path.Combine(demo, "THIS-IS-A-DEMO"), "", TestContext.Current.CancellationToken);
        var run = (await WatchAsync(Corpus.Capture("synscan.pcap"))).Expect(2);
        Assert.Contains("simulated traffic only", run.Errors, StringComparison.Ordinal);
        Assert.Empty(await AlertsAsync());
    }

    [Fact]
    public async Task Listening_beyond_loopback_without_a_certificate_is_refused()
    {
        var run = (await KizashiProcess.RunAsync("center", "--data", Data, "--listen", "0.0.0.0:8460")).Expect(2);
        Assert.Contains("TLS", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramResult> WatchAsync(string file, params string[] more) =>
        KizashiProcess.RunAsync(["watch", file, "--json", "--quiet", "--data", Data, .. more]);

    private async Task<string> AlertsAsync() =>
        (await KizashiProcess.RunAsync("alerts", "--format", "json", "--most", "10000", "--data", Data)).Expect(0).Output;
}
