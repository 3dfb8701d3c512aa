namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>A non-negative matrix whose rows are padded with zeros to whole vectors.</summary>
/// <remarks>
/// Padding columns stay zero through every update, since nothing of the data points at them: no kernel needs a tail.
/// </remarks>
internal sealed class CountMatrix
{
    /// <summary>Columns are padded to a multiple of this: four vectors of eight floats.</summary>
    public const int Padding = 32;

    /// <summary>Larger counts count as this, so that no product of sums overflows a float.</summary>
    public const float Most = 1e9f;

    /// <param name="rows">At least one.</param>
    /// <param name="columns">Without padding; may be zero.</param>
    public CountMatrix(int rows, int columns)
    {
        (Rows, Columns, Stride) = (rows, columns, (columns + Padding - 1) / Padding * Padding);
        Values = new float[rows * Stride];
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Row major, <see cref="Rows"/> x <see cref="Stride"/>.</summary>
    public float[] Values { get; }

    /// <summary>Copies the chosen columns of a row-major matrix. What is negative or not a number counts as 0.</summary>
    /// <param name="from">Rows x columns, row major.</param>
    /// <param name="columns">Columns of a row of <paramref name="from"/>.</param>
    /// <param name="chosen">Which to copy, in this order.</param>
    public static CountMatrix Of(ReadOnlySpan<float> from, int columns, ReadOnlySpan<int> chosen)
    {
        var matrix = new CountMatrix(Math.Max(1, columns == 0 ? 1 : from.Length / columns), chosen.Length);
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var at = 0; at < chosen.Length; at++)
                matrix.Values[(row * matrix.Stride) + at] = Sound(from[(row * columns) + chosen[at]]);
        }

        return matrix;
    }

    /// <summary>The count that a value stands for: 0 unless a positive number, at most <see cref="Most"/>.</summary>
    public static float Sound(float value) => value > 0 ? Math.Min(value, Most) : 0;

    public Span<float> Row(int row) => Values.AsSpan(row * Stride, Stride);
}
