using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>A reflector on loopback, from requests to the alert.</summary>
public sealed class ReflectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    [Fact]
    public async Task Requests_in_a_victims_name_are_an_attack_while_they_come_and_hardly_any_is_answered()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "ports below 1024 need CAP_NET_BIND_SERVICE");
        await using var sensor = KizashiProcess.Start(
            "sensor", "--reflectors", "--listen", "127.66.0.1", "--services", "ntp", "--json", "--data", Data);
        await sensor.LineInErrorsAsync("observing reflectors on 127.66.0.1", TimeSpan.FromSeconds(60));
        using var client = new UdpClient(AddressFamily.InterNetwork);
        for (var request = 0; request < 150; request++)
        {
            await client.SendAsync(new byte[] { 0x17, 0, 3, 42, 0, 0, 0, 0 }, new IPEndPoint(IPAddress.Parse("127.66.0.1"), 123), TestContext.Current.CancellationToken);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var alerts = await AlertsAsync();
        for (var round = 0; round < 100 && !alerts.Contains("\"confirmed\"", StringComparison.Ordinal); round++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            alerts = await AlertsAsync();
        }

        var alert = JsonNode.Parse(alerts.Trim())!;
        Assert.Equal("reflector.attack", (string?)alert["kind"]);
        Assert.Equal("medium", (string?)alert["severity"]);
        sensor.Interrupt();
        var reflector = (await sensor.EndAsync()).Expect(0).Json["reflector"]!;
        Assert.Equal(150, (long)reflector["requests"]!);
        Assert.Equal(3, (long)reflector["answers"]!);
        Assert.Equal(147, (long)reflector["heldBySource"]!);

        // What its network is told.
        var day = DateTime.Parse((string)alert["firstSeen"]!, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var written = (await KizashiProcess.RunAsync("report", "--output", _folder.File("reports"), "--day", day, "--data", Data)).Expect(0).Output;
        Assert.Contains("1 attack", written, StringComparison.Ordinal);
        var report = await File.ReadAllLinesAsync(Path.Combine(_folder.File("reports"), $"{day}-event4_honeypot_ddos_amp-unknown.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(2, report.Length);
        Assert.Contains("\"127.0.0.1\"", report[1], StringComparison.Ordinal);
        Assert.Matches("\"monlist\",\"1[0-5][0-9]\"", report[1]);

        // Its payloads are of one kind.
        var shown = (await KizashiProcess.RunAsync("show", (string)alert["id"]!, "--data", Data)).Expect(0).Output;
        Assert.Contains("  ntp  ", shown, StringComparison.Ordinal);
        Assert.Contains("mode 7, 8 bytes", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told()
    {
        Assert.Contains("--reflectors", (await KizashiProcess.RunAsync("sensor", "--data", Data)).Expect(2).Errors, StringComparison.Ordinal);
        var run = (await KizashiProcess.RunAsync("sensor", "--reflectors", "--services", "foo", "--listen", "x", "--data", Data)).Expect(2);
        Assert.Contains("no service 'foo'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("'x' is not an address", run.Errors, StringComparison.Ordinal);
        run = (await KizashiProcess.RunAsync("sensor", "--reflectors", "--agnostic", "53,9000-x", "--data", Data)).Expect(2);
        Assert.Contains("'53,9000-x' does not name ports", run.Errors, StringComparison.Ordinal);
        run = (await KizashiProcess.RunAsync("sensor", "--reflectors", "--agnostic", "53", "--proxy", "dns=192.0.2.53:53", "--data", Data)).Expect(2);
        Assert.Contains("--agnostic names port 53", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--allow-server 192.0.2.53", run.Errors, StringComparison.Ordinal);
        Assert.Contains("'x' is not a day", (await KizashiProcess.RunAsync("report", "--output", _folder.File("reports"), "--day", "x", "--data", Data)).Expect(2).Errors, StringComparison.Ordinal);
        run = (await KizashiProcess.RunAsync("watch", "--interface", "lo", "--respond", "--data", Data)).Expect(2);
        Assert.Contains("--dark", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> AlertsAsync() =>
        (await KizashiProcess.RunAsync("alerts", "--format", "json", "--data", Data)).Expect(0).Output;
}
