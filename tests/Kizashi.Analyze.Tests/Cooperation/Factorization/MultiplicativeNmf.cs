namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

/// <summary>Multiplicative updates as DarkNMF.r does them, slow and dense.</summary>
internal static class MultiplicativeNmf
{
    /// <summary>Mean squared error once two iterations differ by less than 1e-5, or after 3,000.</summary>
    public static double Error(double[,] v, double[,] w, double[,] h)
    {
        var error = 0.0;
        for (var iteration = 0; iteration < 3000; iteration++)
        {
            Update(h, Product(Transpose(w), v), Product(Product(Transpose(w), w), h));
            Update(w, Product(v, Transpose(h)), Product(w, Product(h, Transpose(h))));
            var before = error;
            error = MeanSquare(v, Product(w, h));
            if (Math.Abs(before - error) < 1e-5)
                break;
        }

        return error;
    }

    public static double MeanSquare(double[,] v, double[,] fitted)
    {
        var sum = 0.0;
        for (var row = 0; row < v.GetLength(0); row++)
        {
            for (var column = 0; column < v.GetLength(1); column++)
                sum += (v[row, column] - fitted[row, column]) * (v[row, column] - fitted[row, column]);
        }

        return sum / v.Length;
    }

    public static double[,] Product(double[,] left, double[,] right)
    {
        var product = new double[left.GetLength(0), right.GetLength(1)];
        for (var row = 0; row < left.GetLength(0); row++)
        {
            for (var inner = 0; inner < right.GetLength(0); inner++)
            {
                for (var column = 0; column < right.GetLength(1); column++)
                    product[row, column] += left[row, inner] * right[inner, column];
            }
        }

        return product;
    }

    private static double[,] Transpose(double[,] matrix)
    {
        var turned = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            for (var column = 0; column < matrix.GetLength(1); column++)
                turned[column, row] = matrix[row, column];
        }

        return turned;
    }

    private static void Update(double[,] factor, double[,] above, double[,] below)
    {
        for (var row = 0; row < factor.GetLength(0); row++)
        {
            for (var column = 0; column < factor.GetLength(1); column++)
                factor[row, column] = below[row, column] == 0 ? 0 : factor[row, column] * above[row, column] / below[row, column];
        }
    }
}
