using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

/// <summary>Non-negative Tucker decomposition over the dense tensor, slow and plain, with the updates of the sparse one.</summary>
internal sealed class DenseTucker
{
    private readonly double[,,] _x;
    private readonly double[][,] _factors;
    private readonly double[,,] _core;

    /// <param name="x">Minutes x groups x ports.</param>
    /// <param name="factors">Rows x components each, updated in place.</param>
    public DenseTucker(double[,,] x, double[][,] factors)
    {
        (_x, _factors) = (x, factors);
        _core = new double[factors[0].GetLength(1), factors[1].GetLength(1), factors[2].GetLength(1)];
        UpdateCore();
    }

    /// <summary>Sum of squares left, as part of the tensor's.</summary>
    public double Error
    {
        get
        {
            var (left, all) = (0.0, 0.0);
            foreach (var (i, j, k) in Places(_x))
            {
                var rest = _x[i, j, k] - Fitted(i, j, k);
                (left, all) = (left + (rest * rest), all + (_x[i, j, k] * _x[i, j, k]));
            }

            return left / all;
        }
    }

    public void Iterate()
    {
        for (var mode = 0; mode < 3; mode++)
        {
            for (var row = 0; row < _factors[mode].GetLength(0); row++)
                UpdateRow(mode, row);
        }

        UpdateCore();
    }

    private static IEnumerable<(int I, int J, int K)> Places(double[,,] of) =>
        from i in Enumerable.Range(0, of.GetLength(0))
        from j in Enumerable.Range(0, of.GetLength(1))
        from k in Enumerable.Range(0, of.GetLength(2))
        select (i, j, k);

    private double Fitted(int i, int j, int k) => Places(_core).Sum(at =>
        _core[at.I, at.J, at.K] * _factors[0][i, at.I] * _factors[1][j, at.J] * _factors[2][k, at.K]);

    // What component q of a mode contributes to a place, apart from the mode's own factor.
    private double Rest(int mode, int q, (int I, int J, int K) at) => Places(_core).Where(c => Of(c, mode) == q).Sum(c =>
        _core[c.I, c.J, c.K] * (mode == 0 ? 1 : _factors[0][at.I, c.I]) * (mode == 1 ? 1 : _factors[1][at.J, c.J])
        * (mode == 2 ? 1 : _factors[2][at.K, c.K]));

    private static int Of((int I, int J, int K) at, int mode) => mode switch { 0 => at.I, 1 => at.J, _ => at.K };

    private void UpdateRow(int mode, int row)
    {
        var places = Places(_x).Where(at => Of(at, mode) == row).ToList();
        var components = _factors[mode].GetLength(1);
        var rests = places.Select(at => Enumerable.Range(0, components).Select(q => Rest(mode, q, at)).ToArray()).ToList();
        var strongest = Enumerable.Range(0, components).Max(q => rests.Sum(rest => rest[q] * rest[q]));
        for (var sweep = 0; sweep < 2; sweep++)
        {
            for (var q = 0; q < components; q++)
            {
                var (slope, diagonal) = (0.0, 0.0);
                foreach (var (at, rest) in places.Zip(rests))
                {
                    var fitted = Enumerable.Range(0, components).Sum(other => rest[other] * _factors[mode][row, other]);
                    slope += rest[q] * (_x[at.I, at.J, at.K] - fitted);
                    diagonal += rest[q] * rest[q];
                }

                if (diagonal > TuckerCore.Faint * strongest)
                    _factors[mode][row, q] = Math.Max(0, _factors[mode][row, q] + (slope / diagonal));
            }
        }
    }

    private void UpdateCore()
    {
        var places = Places(_x).ToList();
        var rest = places.Select(at => _x[at.I, at.J, at.K] - Fitted(at.I, at.J, at.K)).ToArray();
        for (var sweep = 0; sweep < 10; sweep++)
        {
            foreach (var c in Places(_core))
            {
                var part = places.Select(at => _factors[0][at.I, c.I] * _factors[1][at.J, c.J] * _factors[2][at.K, c.K]).ToArray();
                var diagonal = part.Sum(value => value * value);
                if (diagonal == 0)
                    continue;

                var before = _core[c.I, c.J, c.K];
                _core[c.I, c.J, c.K] = Math.Max(0, before + (part.Zip(rest).Sum(pair => pair.First * pair.Second) / diagonal));
                for (var at = 0; at < rest.Length; at++)
                    rest[at] -= (_core[c.I, c.J, c.K] - before) * part[at];
            }
        }
    }
}
