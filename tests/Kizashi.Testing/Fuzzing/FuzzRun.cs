using System.Diagnostics;
using System.Globalization;

namespace Kizashi.Testing.Fuzzing;

/// <summary>Mutated bytes for decoders: a bounded number in a test run, as many as KIZASHI_FUZZ_INPUTS says otherwise.</summary>
/// <remarks>KIZASHI_FUZZ_SEED gives other inputs; KIZASHI_FUZZ_TARGET, a part of a name, gives all inputs to the targets so called.</remarks>
public static class FuzzRun
{
    private const int DefaultSeed = 20260107;

    /// <summary>A block and the window of a decompressor, and room for names and numbers.</summary>
    private const int MostBytesPerInput = 4 * 1024 * 1024;

    /// <summary>Runs every target for its share of the inputs.</summary>
    /// <param name="targets">Shares add up to 1,000.</param>
    /// <param name="inputs">How many in an ordinary test run.</param>
    /// <param name="tell">Takes a line for each target.</param>
    public static void All(IReadOnlyList<FuzzTarget> targets, long inputs, Action<string> tell)
    {
        Assert.Equal(1000, targets.Sum(target => target.Share));
        inputs = long.Parse(Environment.GetEnvironmentVariable("KIZASHI_FUZZ_INPUTS") ?? $"{inputs}", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("KIZASHI_FUZZ_SEED") ?? $"{DefaultSeed}", CultureInfo.InvariantCulture);
        var only = Environment.GetEnvironmentVariable("KIZASHI_FUZZ_TARGET");
        foreach (var target in targets.Where(target => only is null || target.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var watch = Stopwatch.StartNew();
            var count = only is null ? inputs * target.Share / 1000 : inputs;
            Run(target, seed, count);
            tell($"{target.Name}: seed {seed}, {count} inputs, {watch.Elapsed.TotalSeconds:F1} s");
        }
    }

    private static void Run(FuzzTarget target, int seed, long count)
    {
        var mutator = new Mutator(seed, target.Seeds);
        for (var i = 0L; i < count; i++)
        {
            var input = mutator.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                target.Try(input, mutator);
            }
            catch (Exception e)
            {
                Assert.Fail($"{target.Name}, seed {seed}, input {i} of {input.Length} bytes {Convert.ToHexString(input)}: {e}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > MostBytesPerInput)
                Assert.Fail($"{target.Name}, seed {seed}, input {i} of {input.Length} bytes took {allocated} bytes of memory");
        }
    }
}
