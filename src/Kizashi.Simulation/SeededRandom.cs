using System.Numerics;

namespace Kizashi.Simulation;

/// <summary>A pseudo-random sequence that a seed fixes for good (xoshiro256** of Blackman and Vigna, seeded by SplitMix64).</summary>
/// <remarks>The framework's own seeded generator may change between versions; a scenario must give the same bytes in all.</remarks>
internal sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SeededRandom(ulong seed, ulong stream = 0)
    {
        var state = seed ^ Mix(stream + 0x632BE59BD9B4E019);
        _a = Mix(state += 0x9E3779B97F4A7C15);
        _b = Mix(state += 0x9E3779B97F4A7C15);
        _c = Mix(state += 0x9E3779B97F4A7C15);
        _d = Mix(state + 0x9E3779B97F4A7C15);
    }

    /// <summary>SplitMix64's finalizer: a bijection of 64 bits that looks random.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in 0..bound-1 (multiply and shift; the bias of 2^-64 x bound does not matter here).</summary>
    public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);

    public int Below(int bound) => (int)Below((ulong)bound);

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Exponential(double mean) => -mean * Math.Log(1.0 - Unit());

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2.0 * Math.Log(1.0 - Unit())) * Math.Cos(2.0 * Math.PI * Unit());

    /// <summary>How many of rare independent things happen when so many are expected.</summary>
    /// <remarks>Exact up to a mean of 64 (Knuth's product), rounded normal beyond, where the two differ by less than a percent.</remarks>
    public int Poisson(double mean)
    {
        if (mean <= 0)
            return 0;

        if (mean > 64)
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal())));

        var limit = Math.Exp(-mean);
        var count = -1;
        for (var product = 1.0; product > limit; count++)
            product *= 1.0 - Unit();

        return count;
    }

    /// <summary>Discrete Pareto: P(N >= n) = n^-alpha, cut at most.</summary>
    public int Pareto(double alpha, int most) => (int)Math.Min(most, Math.Pow(1.0 - Unit(), -1.0 / alpha));
}
