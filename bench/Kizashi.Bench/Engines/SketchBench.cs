using Kizashi.Analyze.Cooperation.Sketches;

namespace Kizashi.Bench.Engines;

/// <summary>Nanoseconds per update of the sketches, on keys that come in no order.</summary>
internal static class SketchBench
{
    private const string CountMin = "count-min update at 16 MiB";
    private const string Distinct = "HyperLogLog update";
    private const int Keys = 1 << 20;
    private const int Rounds = 100;

    /// <summary>The numbers that the issue demands.</summary>
    public static IReadOnlyList<string> Required { get; } = [CountMin, Distinct];

    public static void Run(BenchContext context, Action<BenchResult> add)
    {
        var keys = new ulong[Keys];
        var random = new Random(3);
        foreach (ref var key in keys.AsSpan())
            key = (ulong)random.NextInt64();

        var counts = new CountMinSketch();
        add(BenchResult.AtMost(CountMin, Nanoseconds(() => Count(counts, keys)), "ns", 25,
            $"{keys.Length} distinct keys at random, one cache line each, on huge pages, best of {Rounds} rounds"));
        var distinct = new HyperLogLog();
        add(BenchResult.AtMost(Distinct, Nanoseconds(() => Add(distinct, keys)), "ns", 3,
            $"4 KB of registers, SplitMix64's finalizer to mix; estimate {distinct.Estimate():F0} of {keys.Length}; best of {Rounds} rounds"));
    }

    private static void Count(CountMinSketch sketch, ReadOnlySpan<ulong> keys)
    {
        foreach (var key in keys)
            sketch.Add(key);
    }

    private static void Add(HyperLogLog sketch, ReadOnlySpan<ulong> keys)
    {
        foreach (var key in keys)
            sketch.Add(key);
    }

    // Rounds of some milliseconds, so that on a busy machine some run undisturbed; the first let the compiler finish.
    private static double Nanoseconds(Action pass) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        var began = TimeProvider.System.GetTimestamp();
        pass();
        return TimeProvider.System.GetElapsedTime(began).TotalNanoseconds / Keys;
    });
}
