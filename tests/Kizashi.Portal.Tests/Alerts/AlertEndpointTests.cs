using System.Net;
using Kizashi.Portal.Tests.Doubles;

namespace Kizashi.Portal.Tests.Alerts;

public sealed class AlertEndpointTests
{
    [Fact]
    public async Task A_filtered_list_is_exported_whole()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        var text = await client.GetStringAsync("/export/alerts.csv?kind=darknet.scan&after=ignored", Cancellation);
        Assert.Equal(host.Alerts.Count(new() { Kind = "darknet.scan" }), text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("Example CSIRT ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task More_alerts_than_a_page_are_all_exported_once()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        host.Alerts.Save([.. Enumerable.Range(0, 1_203).Select(i => Invented.Scan(i, DateTimeOffset.UnixEpoch.AddSeconds(i / 2), host.Book))]);
        host.Accounts.Save(new(PortalHost.Name, "", "admin", DateTimeOffset.UnixEpoch));
        using var client = await host.SignedInAsync();
        var lines = (await client.GetStringAsync("/export/alerts.json", Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((1_203, 1_203), (lines.Length, lines.Distinct().Count()));
    }

    [Fact]
    public async Task One_alert_and_its_packets_are_downloaded_under_a_name_that_says_simulated()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        var id = host.Alerts.Latest("darknet.own-host", "192.0.2.77")!.Id;
        using var capture = await client.GetAsync($"/export/alerts/{id}/packets.pcap", Cancellation);
        Assert.Equal($"simulated-kizashi-darknet.own-host-{id}.pcap", capture.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal([0xd4, 0xc3, 0xb2, 0xa1], (await capture.Content.ReadAsByteArrayAsync(Cancellation))[..4]);
        using var bundle = await client.GetAsync($"/export/alerts/{id}.stix", Cancellation);
        Assert.Equal($"Example CSIRT {id}\n", await bundle.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_filter_that_is_not_understood_exports_nothing()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        using var answer = await client.GetAsync("/export/alerts.csv?severity=hihg", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("severity = “hihg”", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/export/alerts.exe")]
    [InlineData("/export/alerts/none.stix")]
    [InlineData("/export/alerts/none/packets.pcap")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        using var answer = await client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
