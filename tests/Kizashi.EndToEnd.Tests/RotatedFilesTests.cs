using System.Text.Json.Nodes;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.EndToEnd.Tests;

/// <summary>A capture cut into rotated files is one traffic, and each of its files is stored once however it is watched.</summary>
public sealed class RotatedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    [Fact]
    public async Task Files_watched_in_a_directory_and_then_each_alone_add_nothing()
    {
        var (capture, spool, files) = await RotateAsync();
        var whole = (await WatchAsync(spool)).Expect(0).Json;
        var alerts = await AlertsAsync(Data);
        foreach (var file in files)
            await AddsNothingAsync(file);

        Assert.Equal(alerts, await AlertsAsync(Data));
        await AddsNothingAsync(spool);
        Assert.Equal(alerts, await AlertsAsync(Data));

        // The seams are not seen: as many events and the same alerts as from the one file.
        var one = _folder.File("one");
        var single = (await KizashiProcess.RunAsync("watch", capture, "--json", "--quiet", "--data", one)).Expect(0).Json;
        foreach (var key in new[] { "packets", "sources", "late", "scans", "lost" })
            Assert.Equal((long)single[key]!, (long)whole[key]!);

        Assert.True((long)whole["scans"]! > 0);
        Assert.Equal(single["dosVictims"]!.ToJsonString(), whole["dosVictims"]!.ToJsonString());
        Assert.NotEmpty(single["dosVictims"]!.AsArray());
        Assert.Equal(Gist(await AlertsAsync(one)), Gist(alerts));
    }

    [Fact]
    public async Task Files_watched_each_alone_and_then_in_their_directory_add_nothing()
    {
        var (_, spool, files) = await RotateAsync();
        foreach (var file in files.Reverse())
            (await WatchAsync(file)).Expect(0);

        var alerts = await AlertsAsync(Data);
        Assert.NotEmpty(alerts);
        await AddsNothingAsync(spool);
        Assert.Equal(alerts, await AlertsAsync(Data));
    }

    [Fact]
    public async Task Breaking_off_a_followed_directory_says_what_is_not_stored_yet()
    {
        var (capture, spool, files) = await RotateAsync();
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        await using var process = KizashiProcess.Start("watch", spool, "--follow", "--data", Data);
        await process.LineInErrorsAsync($"{Frames(capture).Count():#,0} packets", TimeSpan.FromSeconds(120));
        process.Interrupt();
        var broken = (await process.EndAsync()).Expect(0);
        Assert.Contains("not stored yet", broken.Output + broken.Errors, StringComparison.Ordinal);

        var rest = (await WatchAsync(spool)).Expect(0).Json;
        Assert.InRange((long)rest["batchesStored"]!, 1, 2);
        Assert.Equal(0, (long)rest["open"]!);
        await AddsNothingAsync(spool);
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> Gist(string alerts) =>
        [.. alerts.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Select(alert => $"{alert["id"]} {alert["kind"]} {alert["firstSeen"]} {alert["lastSeen"]} {alert["closed"]} {alert["severity"]}")
            .Order(StringComparer.Ordinal)];

    private async Task AddsNothingAsync(string input)
    {
        var known = (await WatchAsync(input)).Expect(0).Json;
        Assert.Equal(0, (long)known["batchesStored"]!);
        Assert.True((long)known["batchesKnown"]! > 0);
    }

    /// <summary>Two hours with scans and attacks, cut into three where it is cut.</summary>
    private async Task<(string Capture, string Folder, string[] Files)> RotateAsync()
    {
        var capture = _folder.File("day.pcap");
        (await KizashiProcess.RunAsync("simulate", "dos", "--length", "2h", "--seed", "11", "--output", capture)).Expect(0);
        var spool = Directory.CreateDirectory(_folder.File("spool")).FullName;
        string[] files = [.. Enumerable.Range(1, 3).Select(number => Path.Combine(spool, $"day.pcap{number}"))];
        var total = Frames(capture).Count();
        var (writers, at) = (new PcapWriter?[3], 0);
        foreach (var (time, frame, link) in Frames(capture))
        {
            var number = at++ * 3 / total;
            (writers[number] ??= CaptureWriter.Create(files[number], link)).Write(time, frame);
        }

        foreach (var writer in writers)
            writer!.Dispose();

        return (capture, spool, files);
    }

    private static IEnumerable<(long Time, byte[] Frame, LinkType Link)> Frames(string capture)
    {
        using var source = CaptureFile.Open(capture);
        var block = new FrameBlock();
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            for (var frame = 0; frame < block.Count; frame++)
                yield return (block.TimeMicros[frame], block.Frame(frame).ToArray(), block.Link);
        }
    }

    private Task<ProgramResult> WatchAsync(string input) =>
        KizashiProcess.RunAsync("watch", input, "--json", "--quiet", "--data", Data);

    private static async Task<string> AlertsAsync(string data) =>
        (await KizashiProcess.RunAsync("alerts", "--format", "json", "--most", "10000", "--data", data)).Expect(0).Output;
}
