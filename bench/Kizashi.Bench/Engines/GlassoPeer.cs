using System.Globalization;

namespace Kizashi.Bench.Engines;

/// <summary>Another graphical lasso, run on the same counts.</summary>
/// <remarks>
/// It says itself how much processor time it took to solve, on one thread: its start and reading the counts are left
/// out, and other work on the machine hardly matters.
/// </remarks>
internal sealed class GlassoPeer
{
    // The penalty includes the diagonal, as ours.
    private const string RText = """
        suppressMessages(library(glasso))
        a <- commandArgs(TRUE)
        x <- as.matrix(read.csv(a[1], header = FALSE)); x[x == 0] <- 0.1; x <- log(x)
        s <- var(x) * (nrow(x) - 1) / nrow(x)
        seconds <- 0
        for (p in as.numeric(a[-(1:3)])) {
          used <- system.time(g <- glasso(s, p, thr = as.numeric(a[2]), penalize.diagonal = TRUE))
          seconds <- seconds + used[1] + used[2]
        }
        cat(seconds, as.vector(g$w), file = a[3], sep = "\n")
        """;

    // The diagonal is left free here: the same problem is that of S + penalty * I.
    private const string PythonText = """
        import os, sys, time
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"): os.environ[name] = "1"
        import numpy as np
        from sklearn.covariance import graphical_lasso
        x = np.loadtxt(sys.argv[1], delimiter=",")
        x = np.log(np.where(x == 0, 0.1, x))
        s = np.cov(x, rowvar=False, bias=True)
        began = time.process_time()
        for p in map(float, sys.argv[4:]):
            w = graphical_lasso(s + p * np.eye(len(s)), p, tol=float(sys.argv[2]))[0]
        seconds = time.process_time() - began
        np.savetxt(sys.argv[3], np.concatenate([[seconds], w.ravel()]))
        """;

    private readonly string _program;
    private readonly string _script;
    private readonly string _counts;

    private GlassoPeer(string program, string script, string counts)
    {
        (_program, _script, _counts) = (program, script, counts);
    }

    /// <summary>R's glasso, from Debian's r-cran-glasso.</summary>
    public static GlassoPeer R(string work, float[] counts, int groups) =>
        new("Rscript", Write(work, "glasso-peer.R", RText), WriteCounts(work, counts, groups));

    /// <summary>scikit-learn's, from Debian's python3-sklearn.</summary>
    public static GlassoPeer Sklearn(string work, float[] counts, int groups) =>
        new("/usr/bin/python3", Write(work, "glasso-peer.py", PythonText), WriteCounts(work, counts, groups));

    /// <summary>
    /// Seconds of one core for the penalties, each solved by itself, and W of the last, row by row; null if the peer is
    /// not installed.
    /// </summary>
    public (double Seconds, double[] Covariance)? Solve(double threshold, params double[] penalties)
    {
        var answer = Path.ChangeExtension(_counts, ".answer");
        if (PeerProgram.Time(_program, [_script, _counts, Text(threshold), answer, .. penalties.Select(Text)]) is null)
            return null;

        var numbers = File.ReadLines(answer).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1..]);
    }

    private static string WriteCounts(string work, float[] counts, int groups)
    {
        var lines = counts.Chunk(groups)
            .Select(row => string.Join(',', row.Select(count => count.ToString(CultureInfo.InvariantCulture))));
        return Write(work, $"glasso-counts-{groups}.csv", string.Join('\n', lines) + "\n");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Write(string work, string name, string text)
    {
        var path = Path.Combine(work, name);
        File.WriteAllText(path, text);
        return path;
    }
}
