using System.Globalization;
using System.Runtime.InteropServices;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Sources;

namespace Kizashi.Bench.Telescope;

/// <summary>The highest rate that tcpreplay sends over a veth pair between two namespaces and nothing is lost.</summary>
internal static partial class LiveBench
{
    private const string Sender = "kzbench-tx";
    private const string Receiver = "kzbench-rx";
    private const int Packets = 400_000;
    private const int NetworkNamespace = 0x40000000;

    public static BenchResult Run(BenchContext context)
    {
        const string Name = "live, highest rate without loss";
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return new BenchResult(Name, null, "packets/s") { Note = "needs root for network namespaces" };

        var capture = Path.Combine(context.Work, "live.pcap");
        BenchCapture.Write(capture, Packets, 10, 10, sources: 100_000);
        try
        {
            Make();
            double? best = null;
            foreach (var rate in new[] { 50_000, 100_000, 200_000, 400_000, 0 })
            {
                var (received, dropped, reached) = Measure(capture, rate);
                context.Log.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"live: {received:N0} of {Packets:N0} at {reached:N0}/s, {dropped} dropped by the kernel"));
                if (received == Packets && dropped == 0)
                    best = Math.Max(best ?? 0, reached);
            }

            return new BenchResult(Name, best, "packets/s") { Note = "the rate tcpreplay reached; the last round is its top speed" };
        }
        finally
        {
            PeerProgram.Time("ip", "netns", "del", Sender);
            PeerProgram.Time("ip", "netns", "del", Receiver);
        }
    }

    private static (long Received, long Dropped, double Rate) Measure(string capture, int rate)
    {
        using var source = Open();
        using var telescope = new Observe.Telescope.Telescope(
            new TelescopeOptions { Pace = TelescopePace.Live, Sensor = "bench" }, TimeProvider.System);
        using var cancellation = new CancellationTokenSource();
        TelescopeSummary? summary = null;
        var run = new Thread(() => summary = telescope.Run(source, new BenchSink([], []), cancellation.Token));
        run.Start();
        var pace = rate == 0 ? "--topspeed" : string.Create(CultureInfo.InvariantCulture, $"--pps={rate}");
        var seconds = PeerProgram.Time(
            "ip", "netns", "exec", Sender, "tcpreplay", "-q", "--preload-pcap", "-i", "kzbtx", pace, capture);
        var quiet = TimeProvider.System.GetTimestamp();
        while (telescope.Progress.Packets < Packets && TimeProvider.System.GetElapsedTime(quiet) < TimeSpan.FromSeconds(3))
            Thread.Sleep(20);

        cancellation.Cancel();
        run.Join();
        return (summary!.Packets, summary.Dropped, Packets / seconds ?? 0);
    }

    private static void Make()
    {
        PeerProgram.Time("ip", "netns", "add", Sender);
        PeerProgram.Time("ip", "netns", "add", Receiver);
        PeerProgram.Time("ip", "-n", Sender, "link", "add", "kzbtx", "type", "veth", "peer", "name", "kzbrx", "netns", Receiver);
        foreach (var (space, link) in new[] { (Sender, "kzbtx"), (Receiver, "kzbrx") })
        {
            PeerProgram.Time("ip", "netns", "exec", space, "sysctl", "-qw", $"net.ipv6.conf.{link}.disable_ipv6=1");
            PeerProgram.Time("ip", "-n", space, "link", "set", link, "up");
        }
    }

    /// <summary>The socket stays in the namespace of the thread that made it; the thread ends.</summary>
    private static InterfaceSource Open()
    {
        InterfaceSource? source = null;
        var thread = new Thread(() =>
        {
            using var file = File.OpenHandle($"/run/netns/{Receiver}");
            if (SetNamespace(file, NetworkNamespace) == 0)
                source = new InterfaceSource("kzbrx");
        });
        thread.Start();
        thread.Join();
        return source ?? throw new InterfaceException("the namespace of the bench cannot be entered");
    }

    [LibraryImport("libc", EntryPoint = "setns")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(SafeHandle file, int kind);
}
