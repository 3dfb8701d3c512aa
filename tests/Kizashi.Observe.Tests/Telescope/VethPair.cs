using System.Diagnostics;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Two network namespaces joined by a veth pair, gone after the test; nothing leaves them.</summary>
internal sealed class VethPair : IDisposable
{
    private VethPair(string name)
    {
        Sender = name + "tx";
        Receiver = name + "rx";
    }

    public string Sender { get; }

    public string Receiver { get; }

    public static VethPair Make()
    {
        InterfaceTests.SkipUnlessRoot();
        var pair = new VethPair($"kz{Environment.ProcessId}x{Guid.NewGuid():N}"[..13]);
        Run("ip", "netns", "add", pair.Sender);
        Run("ip", "netns", "add", pair.Receiver);
        Run("ip", "-n", pair.Sender, "link", "add", "kztx", "type", "veth", "peer", "name", "kzrx", "netns", pair.Receiver);
        foreach (var (space, link) in new[] { (pair.Sender, "kztx"), (pair.Receiver, "kzrx") })
        {
            Run("ip", "netns", "exec", space, "sysctl", "-qw", $"net.ipv6.conf.{link}.disable_ipv6=1");
            Run("ip", "-n", space, "link", "set", link, "up");
        }

        return pair;
    }

    public void Send(string program, params string[] arguments) =>
        Run("ip", ["netns", "exec", Sender, program, "-q", "-i", "kztx", .. arguments]);

    public void Dispose()
    {
        Run("ip", "netns", "del", Sender);
        Run("ip", "netns", "del", Receiver);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.Result;
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
    }
}
