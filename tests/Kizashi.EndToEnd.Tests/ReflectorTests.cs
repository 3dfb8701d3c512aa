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
        run = (await KizashiProcess.RunAsync("watch", "--interface", "lo", "--respond", "--data", Data)).Expect(2);
        Assert.Contains("--dark", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> AlertsAsync() =>
        (await KizashiProcess.RunAsync("alerts", "--format", "json", "--data", Data)).Expect(0).Output;
}
