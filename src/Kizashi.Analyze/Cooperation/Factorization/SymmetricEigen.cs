namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations.</summary>
/// <remarks>
/// Golub and Van Loan, "Matrix Computations", section 8.5. Matrices here have up to a few dozen rows, where Jacobi is
/// quick and accurate to the last digits even for tiny eigenvalues.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MostSweeps = 64;

    /// <param name="matrix">Order x order, row major, symmetric; left with the eigenvalues on its diagonal.</param>
    /// <param name="order">Rows and columns.</param>
    /// <param name="vectors">Receives one eigenvector per row, largest eigenvalue first.</param>
    /// <param name="values">Receives the eigenvalues, largest first.</param>
    public static void Decompose(Span<double> matrix, int order, Span<double> vectors, Span<double> values)
    {
        var turned = new double[order * order];
        for (var at = 0; at < order; at++)
            turned[(at * order) + at] = 1;

        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, order) > 1e-30 * Diagonal(matrix, order); sweep++)
        {
            for (var p = 0; p < order - 1; p++)
            {
                for (var q = p + 1; q < order; q++)
                    Rotate(matrix, turned, order, (p, q));
            }
        }

        var eigenvalues = new double[order];
        for (var at = 0; at < order; at++)
            eigenvalues[at] = matrix[(at * order) + at];

        // A stable order, so that equal eigenvalues stay where they were.
        var ranked = Enumerable.Range(0, order).OrderByDescending(at => eigenvalues[at]).ToArray();
        for (var row = 0; row < order; row++)
        {
            values[row] = eigenvalues[ranked[row]];
            for (var at = 0; at < order; at++)
                vectors[(row * order) + at] = turned[(at * order) + ranked[row]];
        }
    }

    private static void Rotate(Span<double> matrix, double[] turned, int order, (int P, int Q) pair)
    {
        var (p, q) = pair;
        var off = matrix[(p * order) + q];
        if (off == 0)
            return;

        var theta = (matrix[(q * order) + q] - matrix[(p * order) + p]) / (2 * off);
        var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        var sine = tangent * cosine;
        for (var at = 0; at < order; at++)
        {
            var (left, right) = (matrix[(at * order) + p], matrix[(at * order) + q]);
            matrix[(at * order) + p] = (cosine * left) - (sine * right);
            matrix[(at * order) + q] = (sine * left) + (cosine * right);
        }

        for (var at = 0; at < order; at++)
        {
            var (left, right) = (matrix[(p * order) + at], matrix[(q * order) + at]);
            matrix[(p * order) + at] = (cosine * left) - (sine * right);
            matrix[(q * order) + at] = (sine * left) + (cosine * right);
            (left, right) = (turned[(at * order) + p], turned[(at * order) + q]);
            turned[(at * order) + p] = (cosine * left) - (sine * right);
            turned[(at * order) + q] = (sine * left) + (cosine * right);
        }
    }

    private static double OffDiagonal(ReadOnlySpan<double> matrix, int order)
    {
        var sum = 0.0;
        for (var row = 0; row < order; row++)
        {
            for (var column = row + 1; column < order; column++)
                sum += 2 * matrix[(row * order) + column] * matrix[(row * order) + column];
        }

        return sum;
    }

    private static double Diagonal(ReadOnlySpan<double> matrix, int order)
    {
        var sum = 0.0;
        for (var at = 0; at < order; at++)
            sum += matrix[(at * order) + at] * matrix[(at * order) + at];

        return sum;
    }
}
