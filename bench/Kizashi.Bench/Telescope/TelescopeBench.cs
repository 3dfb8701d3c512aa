using Kizashi.Analyze;
using Kizashi.Analyze.Cooperation;
using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;
using Kizashi.Enrich;
using Kizashi.Observe.Telescope;
using Kizashi.Store.Embedded;

namespace Kizashi.Bench.Telescope;

/// <summary>How fast the telescope is: from a capture in the page cache to analyzers, to the store, and against its peers.</summary>
public static class TelescopeBench
{
    private const long TenPackets = 10_000_000;
    private const long OnePackets = 15_000_000;
    private const long SixPackets = 6_000_000;
    private const int Seconds = 60;

    // A capture is read so often as one long one: tables then have their size and code is compiled, as on a wire.
    private const int Times = 10;
    private const int OneTimes = 7;
    private const int TsharkPackets = 300_000;
    private const int Shards = 2;
    private static readonly PrefixSet Dark = new([Prefix.Parse(BenchCapture.Dark)]);
    private static readonly PrefixSet Dark6 = new([Prefix.Parse(BenchPacket6.Dark)]);

    // Fewer rounds make a quick look, more a steadier median.
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("KIZASHI_BENCH_ROUNDS"), out var rounds) && rounds > 0 ? rounds : 5;

    /// <summary>The numbers that the issue demands.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        "path before storage, one core", "path before storage, two cores", "end to end, ten packets a tuple", "end to end, one packet a tuple",
        "end to end against nfpcapd", "end to end against tshark", "memory at 5 M live tuples", "memory growth over 100 M packets",
        "live, highest rate without loss",
    ];

    public static IReadOnlyList<BenchResult> Run(BenchContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (ten, one) = (Path.Combine(context.Work, "ten.pcap"), Path.Combine(context.Work, "one.pcap"));
        context.Log.WriteLine("writing captures of minimum-size packets, once");
        BenchCapture.Write(ten, TenPackets, 10, Seconds, sources: 2_000_000);
        BenchCapture.Write(one, OnePackets, 1, Seconds, sources: 2_000_000);
        Warm(ten);
        Warm(one);
        List<BenchResult> results = [];
        void Add(BenchResult result)
        {
            results.Add(result);
            BenchTable.Write([result], context.Log);
        }

        // Once for the compiler, so that the first number is of compiled code.
        Rate(ten, 2);
        if (context.Only is not null)
            return One(context, ten, one, context.Only);

        var (prefetched, dependent) = MemoryProbe.LineNanoseconds();
        Add(new BenchResult("this machine, random line of 256 MB asked for ahead", prefetched, "ns"));
        Add(new BenchResult("this machine, random line of 256 MB waited for", dependent, "ns"));
        Add(BenchResult.AtMost("memory at 5 M live tuples", PeakMegabytes(one, Through.Victims), "MB", 1536, "two slots of 2.5 M open, scan and victim state included; peak of the process"));
        Add(BenchResult.AtMost("memory at 5 M live tuples, with outbreaks", PeakMegabytes(one), "MB", 2048, "as `kizashi watch` runs: all analyzers, engines included"));
        Add(new BenchResult("memory at 5 M live tuples, aggregation alone", PeakMegabytes(one, Through.Aggregation), "MB"));
        MeasurePath(ten, one, null, Add);
        Measure6(context, null, Add);
        Add(Growth(ten));
        var stored = EndToEnd(context, ten, one, Add);
        Peers(context, ten, stored, Add);
        Add(LiveBench.Run(context));
        return results;
    }

    // One result at a time is for profiling.
    private static IReadOnlyList<BenchResult> One(BenchContext context, string ten, string one, string name)
    {
        List<BenchResult> results = [];
        Measure6(context, name, results.Add);
        MeasurePath(ten, one, name, results.Add);
        if (name.StartsWith("end to end, ", StringComparison.Ordinal))
        {
            var (file, packets, times) = name.EndsWith("ten packets a tuple", StringComparison.Ordinal) ? (ten, TenPackets, Times) : (one, OnePackets, OneTimes);
            results.Add(new BenchResult(name, Median(() => Stored(context, file, packets, times)), "M packets/s"));
        }

        if (name.StartsWith("memory at", StringComparison.Ordinal))
            results.Add(new BenchResult(name, PeakMegabytes(one, MemoryOf(name)), "MB"));

        return results;
    }

    private static Through MemoryOf(string name) => name switch
    {
        _ when name.EndsWith("alone", StringComparison.Ordinal) => Through.Aggregation,
        _ when name.EndsWith("outbreaks", StringComparison.Ordinal) => Through.Outbreaks,
        _ => Through.Victims,
    };

    private static void Warm(string path)
    {
        using var file = File.OpenRead(path);
        file.CopyTo(Stream.Null);
    }

    private static void MeasurePath(string ten, string one, string? only, Action<BenchResult> add)
    {
        void Measure(string name, string file, int workers, Through through, double goal = 0, string? note = null)
        {
            if (only is not null && only != name)
                return;

            var rate = Median(() => Rate(file, workers, through, times: Times));
            add(goal > 0 ? BenchResult.AtLeast(name, rate, "M packets/s", goal, note!) : new BenchResult(name, rate, "M packets/s"));
        }

        Measure("path before storage, one core", ten, 1, Through.Victims, 10, $"one worker, scan and victim state included, ten packets a tuple, {Times * TenPackets / 1_000_000} M packets in a row");
        Measure("path before storage, two cores", ten, 2, Through.Victims, 16, $"two workers, scan and victim state included, ten packets a tuple, {Times * TenPackets / 1_000_000} M packets in a row");
        Measure("path before storage, two cores, one packet a tuple", one, 2, Through.Victims);
        Measure("path with outbreaks, one core", ten, 1, Through.Outbreaks);
        Measure("path with outbreaks, two cores", ten, 2, Through.Outbreaks);
        Measure("path with outbreaks, two cores, one packet a tuple", one, 2, Through.Outbreaks);
        Measure("aggregation alone, one core", ten, 1, Through.Aggregation);
        Measure("aggregation alone, two cores", ten, 2, Through.Aggregation);
        Measure("aggregation alone, two cores, one packet a tuple", one, 2, Through.Aggregation);
    }

    // Required nowhere, but both families are equals: what IPv6 costs is shown beside IPv4.
    private static void Measure6(BenchContext context, string? only, Action<BenchResult> add)
    {
        foreach (var (packetsPerTuple, tuples) in new[] { (10, "ten packets a tuple"), (1, "one packet a tuple") })
        {
            foreach (var (workers, cores) in new[] { (1, "one core"), (2, "two cores") })
            {
                var name = $"IPv6 path before storage, {cores}, {tuples}";
                if (only is not null && only != name)
                    continue;

                var file = Path.Combine(context.Work, $"six-{packetsPerTuple}.pcap");
                BenchCapture.Write(file, SixPackets, packetsPerTuple, Seconds, sources: 1_000_000, v6: true);
                Warm(file);
                add(new BenchResult(name, Median(() => Rate(file, workers, dark: Dark6)), "M packets/s")
                {
                    Note = "frames of 74 bytes, analyzers included, a million sources",
                });
            }
        }
    }

    private static BenchResult Growth(string ten)
    {
        List<double> memory = [];
        using var source = new RepeatedCapture(ten, 2 * Times, TimeSpan.FromSeconds(Seconds));
        using var telescope = new Observe.Telescope.Telescope(Options(2), TimeProvider.System);
        using var sink = new BenchSink(Analyzers(), []) { OnInterval = () => memory.Add(ResidentMemory.NowMegabytes) };
        telescope.Run(source, sink, CancellationToken.None);
        var (early, late) = (memory[memory.Count / 2], memory[^1]);
        return BenchResult.AtMost(
            "memory growth over 100 M packets", late / early, "times", 1.1,
            $"{early:F0} MB after 100 M, when the first window of ten minutes has ended, {late:F0} MB after 200 M");
    }

    private static double EndToEnd(BenchContext context, string ten, string one, Action<BenchResult> add)
    {
        var stored = Median(() => Stored(context, ten, TenPackets, Times));
        add(BenchResult.AtLeast("end to end, ten packets a tuple", stored, "M packets/s", 10, $"two workers, all analyzers, everything stored as compressed Parquet and committed, {Times * TenPackets / 1_000_000} M packets in a row"));
        add(BenchResult.AtLeast("end to end, one packet a tuple", Median(() => Stored(context, one, OnePackets, OneTimes)), "M packets/s", 4, $"as above, {OneTimes * OnePackets / 1_000_000} M packets in a row"));
        return stored;
    }

    private static void Peers(BenchContext context, string ten, double stored, Action<BenchResult> add)
    {
        var folder = Path.Combine(context.Work, "nfcapd");
        Directory.CreateDirectory(folder);
        var nfpcapd = PeerRate(TenPackets, PeerProgram.Time("nfpcapd", "-r", ten, "-w", folder));
        Directory.Delete(folder, recursive: true);
        add(BenchResult.Times("end to end against nfpcapd", stored, "M packets/s", "nfpcapd", nfpcapd, 20,
            "nfpcapd keeps flows in files; Kizashi also fingerprints, judges scans and victims, samples and keeps what pages ask"));
        var tshark = PeerRate(TsharkPackets, PeerProgram.Time(
            "tshark", "-n", "-r", ten, "-c", $"{TsharkPackets}", "-T", "fields", "-e", "ip.src", "-e", "ip.dst", "-e", "tcp.dstport"));
        add(BenchResult.Times("end to end against tshark", stored, "M packets/s", "tshark", tshark, 100,
            $"tshark dissects and prints three fields of the first {TsharkPackets} packets and keeps nothing"));
    }

    private static double? PeerRate(long packets, double? seconds) => packets / seconds / 1e6;

    private static double Median(Func<double> measure) =>
        Enumerable.Range(0, Rounds).Select(_ => measure()).Order().ElementAt(Rounds / 2);

    private static double PeakMegabytes(string one, Through through = Through.Outbreaks)
    {
        ResidentMemory.ResetPeak();
        Rate(one, 2, through);
        return ResidentMemory.PeakMegabytes;
    }

    private static double Rate(string file, int workers, Through through = Through.Outbreaks, PrefixSet? dark = null, int times = 1)
    {
        using var source = new RepeatedCapture(file, times, TimeSpan.FromSeconds(Seconds));
        using var telescope = new Observe.Telescope.Telescope(Options(workers, dark), TimeProvider.System);
        using var sink = new BenchSink(through == Through.Aggregation ? [] : Analyzers(dark, through == Through.Outbreaks), []);
        return telescope.Run(source, sink, CancellationToken.None).PacketsPerSecond / 1e6;
    }

    private static double Stored(BenchContext context, string file, long packets, int times)
    {
        var folder = Path.Combine(context.Work, "store");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        using var store = EmbeddedStore.Open(new EmbeddedStoreOptions { DataDirectory = folder }, TimeProvider.System, AddressBook.Open(new EnrichOptions()));
        var started = TimeProvider.System.GetTimestamp();
        IReadOnlyList<IObservationWriter> writers = [.. Enumerable.Range(0, Shards).Select(_ => store.OpenWriter("bench"))];
        using var source = new RepeatedCapture(file, times, TimeSpan.FromSeconds(Seconds));
        using var telescope = new Observe.Telescope.Telescope(Options(2), TimeProvider.System);
        using var sink = new BenchSink(Analyzers(), writers);
        telescope.Run(source, sink, CancellationToken.None);
        sink.Finish();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return times * packets / seconds / 1e6;
    }

    // As `kizashi watch FILE` runs them; the path goes as far as scan and victim state.
    private static IReadOnlyList<IAnalyzer> Analyzers(PrefixSet? dark = null, bool outbreaks = true) =>
    [
        .. AnalyzerSet.Create(
                new AnalyzeOptions { Dark = dark ?? Dark, Outbreaks = new OutbreakOptions { SlowEngines = false } }, "bench", Shards)
            .Where(analyzer => outbreaks || analyzer is not OutbreakAnalyzer),
    ];

    private static TelescopeOptions Options(int workers, PrefixSet? dark = null) =>
        new() { Sensor = "bench", Dark = dark ?? Dark, Workers = workers, Shards = Shards };

    private enum Through
    {
        Aggregation,
        Victims,
        Outbreaks,
    }
}
