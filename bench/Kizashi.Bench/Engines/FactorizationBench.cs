using System.Globalization;
using System.Runtime.InteropServices;
using Kizashi.Analyze.Cooperation.Factorization;
using Kizashi.Bench.Telescope;

namespace Kizashi.Bench.Engines;

/// <summary>Dark-NMF and Dark-NTD on one core.</summary>
internal static class FactorizationBench
{
    private const string Nmf = "Dark-NMF ranks 1..10 on 30 x 5,000";
    private const string AgainstSklearn = "Dark-NMF against scikit-learn NMF";
    private const string Ntd = "Dark-NTD 1 M non-zeros";
    private const string NtdMemory = "Dark-NTD 1 M non-zeros, memory";
    private const int Cells = 1_000_000;
    private const int Hosts = 5000;
    private const int Rounds = 5;

    // scikit-learn in double precision converts to what it is given: single, as ours. One thread, as ours. The same start,
    // solver (coordinate descent) and number of updates at each rank; its own stop rule is another one.
    private const string Script = """
        import os, sys, time, warnings
        for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = '1'
        warnings.filterwarnings('ignore')
        import numpy as np
        from sklearn.decomposition import NMF
        v = np.fromfile(sys.argv[1], np.float32).reshape(30, -1)
        iterations = [int(part) for part in sys.argv[3].split(',')]
        def start():
            u, s, vt = np.linalg.svd(v, full_matrices=False)
            return np.abs(u), np.abs(s[:, None] * vt)
        def run():
            began, error = time.perf_counter(), 0.0
            w, h = start()
            for rank, count in enumerate(iterations, 1):
                model = NMF(rank, init='custom', solver='cd', tol=0, max_iter=count)
                model.fit_transform(v, W=w[:, :rank].copy(order='C'), H=h[:rank].copy(order='C'))
                error += model.reconstruction_err_ ** 2 / v.size
            return time.perf_counter() - began, error
        run()
        seconds, error = min(run() for _ in range(3))
        open(sys.argv[2], 'w').write(f'{seconds} {error}')
        """;

    /// <summary>The numbers that the issue demands.</summary>
    public static IReadOnlyList<string> Required { get; } = [Nmf, AgainstSklearn, Ntd, NtdMemory];

    public static void Run(BenchContext context, Action<BenchResult> add)
    {
        if (context.Only is null or Ntd or NtdMemory)
            RunNtd(add);

        if (context.Only is null or Nmf or AgainstSklearn)
            RunNmf(context, add);
    }

    private static void RunNtd(Action<BenchResult> add)
    {
        var cells = BenchWindow.Cells(Cells);
        ResidentMemory.ResetPeak();
        var before = ResidentMemory.NowMegabytes;
        SparseTensor Build() => SparseTensor.Of((30, 65_536, 65_536), cells);
        var tensor = Build();
        var verdict = new DarkNtd().Judge(tensor);
        var memory = ResidentMemory.PeakMegabytes - before;
        var building = Best(() => Build());
        var seconds = building + Best(() => new DarkNtd().Judge(tensor));
        add(BenchResult.AtMost(Ntd, seconds, "s", 10, string.Create(
            CultureInfo.InvariantCulture,
            $"30 x 65,536 x 65,536, {tensor.Cells} cells in {tensor.Fibers} fibers, of which building {building:F2} s; {verdict.Iterations} iterations, converged: {verdict.Converged}")));
        add(BenchResult.AtMost(NtdMemory, memory, "MB", 2048, "growth of the process's peak while building and judging"));
    }

    private static void RunNmf(BenchContext context, Action<BenchResult> add)
    {
        var counts = BenchWindow.Counts(Hosts);
        var engine = new DarkNmf();
        var verdict = engine.Judge(counts, Hosts);
        var seconds = Best(() => engine.Judge(counts, Hosts));
        var iterations = verdict.Fits.Select(fit => fit.Iterations).ToArray();
        add(BenchResult.AtMost(Nmf, seconds, "s", 2,
            $"{iterations.Sum()} updates in all, converged: {verdict.Converged}; preparation, groups and description lengths included"));

        var (peer, error) = Sklearn(context, counts, iterations);
        var ours = verdict.Fits.Sum(fit => fit.MeanSquaredError);
        add(BenchResult.Times(AgainstSklearn, 1 / seconds, "windows/s", "scikit-learn", 1 / peer, 3, string.Create(
            CultureInfo.InvariantCulture,
            $"same start, coordinate descent, as many updates at each rank, one thread, single precision; errors summed over ranks {ours:F4} and {error:F4}")));
    }

    private static (double? Seconds, double? Error) Sklearn(BenchContext context, float[] counts, int[] iterations)
    {
        var (input, script, output) =
            (Path.Combine(context.Work, "nmf.f32"), Path.Combine(context.Work, "nmf.py"), Path.Combine(context.Work, "nmf.txt"));
        File.WriteAllBytes(input, MemoryMarshal.AsBytes(counts.AsSpan()));
        File.WriteAllText(script, Script);
        if (PeerProgram.Time("/usr/bin/python3", script, input, output, string.Join(',', iterations)) is null)
            return (null, null);

        var parts = File.ReadAllText(output).Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return (parts[0], parts[1]);
    }

    private static double Best(Action run) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        var began = TimeProvider.System.GetTimestamp();
        run();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    });
}
