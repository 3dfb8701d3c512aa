using System.Runtime.InteropServices;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Sources;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Live capture inside network namespaces made for the test; skipped only without root or the ip command.</summary>
public sealed partial class InterfaceTests
{
    private const int NetworkNamespace = 0x40000000;
    private const int SetResUid = 117;

    [Fact]
    public void A_missing_interface_is_named()
    {
        SkipUnlessRoot();
        var fault = Assert.Throws<InterfaceException>(() => new InterfaceSource("kz-none"));
        Assert.Contains("no interface kz-none", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_right_to_capture_the_message_names_it()
    {
        SkipUnlessRoot();
        var message = "";
        OnThread(() =>
        {
            // The bare system call changes the identity of this thread only, and the thread ends with the test.
            Assert.Equal(0, SystemCall(SetResUid, 65534, 65534, 65534));
            message = Assert.Throws<InterfaceException>(() => new InterfaceSource("lo")).Message;
        });
        Assert.Contains("CAP_NET_RAW", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_replayed_over_a_veth_pair_are_observed_and_a_quiet_wire_ends_slots()
    {
        using var wire = VethPair.Make();
        var capture = Corpus.Capture("masscan-tcp.pcap");
        using var source = Open(wire, new InterfaceOptions { Filter = "tcp" });
        var kept = new KeptSink();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var telescope = new Observe.Telescope.Telescope(
            new() { Pace = TelescopePace.Live, FlushInterval = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);
        TelescopeSummary? summary = null;
        var run = new Thread(() => summary = telescope.Run(source, kept, cancellation.Token));
        run.Start();
        wire.Send("tcpreplay", "--pps=5000", capture);
        SpinWait.SpinUntil(() => telescope.Progress.Packets >= 1005, TimeSpan.FromSeconds(20));
        var seen = kept.Intervals.Count;
        SpinWait.SpinUntil(() => kept.Intervals.Count > seen + 2, TimeSpan.FromSeconds(10));
        Assert.True(kept.Intervals.Count > seen + 2, "A quiet wire must end intervals.");
        cancellation.Cancel();
        run.Join();
        Assert.Equal(1005, summary!.Packets);
        Assert.Equal(1001, summary.Fingerprints["masscan"]);
        Assert.Equal(0, summary.Dropped);
        Assert.Equal(1005, kept.Flows.Sum(row => row.Packets));
    }

    [Fact]
    public void A_quiet_interface_answers_idle_soon_and_a_wrong_filter_is_told()
    {
        using var wire = VethPair.Make();
        using var source = Open(wire, new InterfaceOptions { Filter = "tcp port 1" });
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(FrameSourceStatus.Idle, source.Read(new FrameBlock()));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var fault = Assert.Throws<InterfaceException>(() => Open(wire, new InterfaceOptions { Filter = "tcp prot 1" }));
        Assert.Contains("tcp prot 1", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Opens the receiving end, whose socket stays in the namespace of the thread that made it.</summary>
    internal static InterfaceSource Open(VethPair wire, InterfaceOptions options)
    {
        InterfaceSource? source = null;
        OnThread(() =>
        {
            using var file = File.OpenHandle($"/run/netns/{wire.Receiver}");
            Assert.Equal(0, SetNamespace(file, NetworkNamespace));
            source = new InterfaceSource("kzrx", options);
        });
        return source!;
    }

    internal static void SkipUnlessRoot() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip") | File.Exists("/sbin/ip"),
            "needs root and the ip command");

    private static void OnThread(Action act)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(act));
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    [LibraryImport("libc", EntryPoint = "setns")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(SafeHandle file, int kind);

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long SystemCall(long number, long first, long second, long third);
}
