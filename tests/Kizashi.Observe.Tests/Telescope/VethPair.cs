using System.Diagnostics;
using System.Globalization;

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

    /// <summary>Gives the sending end an address, and a way to the prefix through the receiving end, whom it need not ask for.</summary>
    public void Address(string own, string prefix)
    {
        Run("ip", "-n", Sender, "address", "add", own, "dev", "kztx");
        Run("ip", "-n", Sender, "route", "add", prefix, "dev", "kztx");
        var mac = Read("ip", "netns", "exec", Receiver, "cat", "/sys/class/net/kzrx/address").Trim();
        Run("ip", "-n", Sender, "neighbor", "add", prefix.Split('/')[0].Replace(".0", ".7", StringComparison.Ordinal), "lladdr", mac, "dev", "kztx");
    }

    /// <summary>Gives the receiving end an address, and a way back to the sources that <see cref="From"/> sends from.</summary>
    public void Reach(string receiver, string sources)
    {
        Run("ip", "-n", Receiver, "link", "set", "lo", "up");
        Run("ip", "-n", Sender, "link", "set", "lo", "up");
        Run("ip", "-n", Receiver, "address", "add", receiver + "/24", "dev", "kzrx");
        Run("ip", "-n", Receiver, "route", "add", sources, "dev", "kzrx");
    }

    public string MacOfReceiver() => Read("ip", "netns", "exec", Receiver, "cat", "/sys/class/net/kzrx/address").Trim();

    /// <summary>Runs a program on the sending end, whose only address is then the source; what it says, however it ends within half a minute.</summary>
    public string From(string source, string receiver, IReadOnlyList<string> command)
    {
        Run("ip", "-n", Sender, "address", "flush", "dev", "kztx");
        Run("ip", "-n", Sender, "address", "add", source + "/32", "dev", "kztx");
        Run("ip", "-n", Sender, "route", "replace", receiver + "/32", "dev", "kztx", "src", source);
        using var process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", Sender, "timeout", "30", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.Result;
    }

    /// <summary>Runs a Python program on the sending end.</summary>
    public void Client(string program) => Run("ip", "netns", "exec", Sender, "python3", "-c", program);

    /// <summary>Frames that have left the receiving end.</summary>
    public long SentByReceiver() =>
        long.Parse(Read("ip", "netns", "exec", Receiver, "cat", "/sys/class/net/kzrx/statistics/tx_packets"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Run("ip", "netns", "del", Sender);
        Run("ip", "netns", "del", Receiver);
    }

    private static void Run(string program, params string[] arguments) => Read(program, arguments);

    private static string Read(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
        return output.Result;
    }
}
