using System.Net;
using System.Net.Sockets;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>A real interface: packets sent on loopback, to addresses that the test calls dark.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    [Fact]
    public async Task Packets_on_an_interface_are_an_alert_while_the_capture_goes_on()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "capturing needs CAP_NET_RAW");
        await using var watch = KizashiProcess.Start(
            "watch", "--interface", "lo", "--filter", "udp and dst net 127.9.0.0/24", "--dark", "127.9.0.0/24", "--json", "--data", Data);
        await watch.LineInErrorsAsync("observing", TimeSpan.FromSeconds(60));
        Send(destinations: 10);

        // Through the local socket of the program that captures.
        var alerts = await AlertsAsync();
        for (var round = 0; round < 100 && alerts.Length == 0; round++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            alerts = await AlertsAsync();
        }

        Assert.Contains("\"darknet.scan\"", alerts, StringComparison.Ordinal);
        Assert.Contains("\"127.0.0.1\"", alerts, StringComparison.Ordinal);
        watch.Interrupt();
        var summary = (await watch.EndAsync()).Expect(0).Json;
        Assert.Equal(10, (long)summary["packets"]!);
        Assert.Equal(0, (long)summary["dropped"]!);
    }

    [Fact]
    public async Task An_interface_that_is_not_there_is_named()
    {
        var run = (await KizashiProcess.RunAsync("watch", "--interface", "nosuch0", "--data", Data)).Expect(2);
        Assert.Contains("nosuch0", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Send(byte destinations)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (byte host = 1; host <= destinations; host++)
            socket.SendTo("kizashi test"u8.ToArray(), new IPEndPoint(new IPAddress([127, 9, 0, host]), 1900));
    }

    private async Task<string> AlertsAsync() =>
        (await KizashiProcess.RunAsync("alerts", "--format", "json", "--data", Data)).Expect(0).Output;
}
