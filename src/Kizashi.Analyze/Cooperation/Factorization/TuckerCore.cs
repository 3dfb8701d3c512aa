namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>The core of a Tucker decomposition, with the small products that its updates need.</summary>
internal sealed class TuckerCore
{
    /// <summary>A component whose squares sum to no more is not there and is left as it is.</summary>
    public const double Nothing = 1e-60;

    /// <summary>
    /// A component is not there either if its squares are no larger part of the strongest one's: what equal components
    /// leave of each other is rounding, and would be divided by itself.
    /// </summary>
    public const double Faint = 1e-24;

    private const int Width = TensorProducts.Width;

    private readonly int _size;

    public TuckerCore(int size)
    {
        _size = size;
        Weights = new double[size * size * size];
        Targets = new double[size * size * size];
    }

    /// <summary>By time, group and port component.</summary>
    public double[] Weights { get; }

    /// <summary>The tensor times all three factors; as <see cref="Weights"/>.</summary>
    public double[] Targets { get; }

    /// <summary>Width x Width products of each factor with itself: time, groups, ports.</summary>
    public double[][] Grams { get; } = [new double[Width * Width], new double[Width * Width], new double[Width * Width]];

    /// <summary>The core unfolded by a mode: row q is what component q of it meets, in the order of that mode's products.</summary>
    /// <returns>Width rows of size x Width; rows and places past the core are zero.</returns>
    public double[] Unfold(int mode)
    {
        var unfolded = new double[Width * _size * Width];
        for (var at = 0; at < Weights.Length; at++)
        {
            var (q, other, last) = Place(at, mode);
            unfolded[(q * _size * Width) + (other * Width) + last] = Weights[at];
        }

        return unfolded;
    }

    /// <summary>Unfolded core times the grams of the other two modes times unfolded core': size x size in Width columns.</summary>
    public double[] Normal(int mode, double[] unfolded)
    {
        var (first, second) = mode switch { 0 => (1, 2), 1 => (0, 2), _ => (0, 1) };
        var normal = new double[Width * Width];
        var row = new double[_size * Width];
        for (var q = 0; q < _size; q++)
        {
            Weigh(unfolded.AsSpan(q * _size * Width, _size * Width), Grams[first], Grams[second], row);
            for (var other = 0; other < _size; other++)
            {
                var sum = 0.0;
                for (var at = 0; at < row.Length; at++)
                    sum += row[at] * unfolded[(other * _size * Width) + at];

                normal[(q * Width) + other] = sum;
            }
        }

        return normal;
    }

    /// <summary>Sets <see cref="Targets"/> from the ports' products and the ports' factor.</summary>
    public void Aim(double[] products, double[] ports)
    {
        Array.Clear(Targets);
        for (var row = 0; row < ports.Length / Width; row++)
        {
            for (var at = 0; at < _size * _size; at++)
            {
                var value = products[(row * _size * Width) + (at / _size * Width) + (at % _size)];
                for (var r = 0; r < _size && value != 0; r++)
                    Targets[(at * _size) + r] += value * ports[(row * Width) + r];
            }
        }
    }

    /// <summary>Coordinate descent on the weights: each moves to its minimum in turn.</summary>
    public void Descend(int sweeps)
    {
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            for (var at = 0; at < Weights.Length; at++)
            {
                var (p, q, r) = Place(at, 0);
                var diagonal = Grams[0][(p * Width) + p] * Grams[1][(q * Width) + q] * Grams[2][(r * Width) + r];
                if (diagonal > Nothing)
                    Weights[at] = Math.Max(0, Weights[at] + ((Targets[at] - Fitted(p, q, r)) / diagonal));
            }
        }
    }

    /// <summary>2 [targets, weights] - [weights, grams weights]: what the model takes away from the sum of squares.</summary>
    public double Explained()
    {
        var sum = 0.0;
        for (var at = 0; at < Weights.Length; at++)
        {
            var (p, q, r) = Place(at, 0);
            sum += Weights[at] * ((2 * Targets[at]) - (Weights[at] == 0 ? 0 : Fitted(p, q, r)));
        }

        return sum;
    }

    /// <summary>Multiplies all weights of one component of a mode.</summary>
    public void Scale(int mode, int component, double by)
    {
        for (var at = 0; at < Weights.Length; at++)
        {
            if (Place(at, mode).First == component)
                Weights[at] *= by;
        }
    }

    private double Fitted(int p, int q, int r)
    {
        var sum = 0.0;
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < _size; j++)
            {
                var inner = 0.0;
                for (var k = 0; k < _size; k++)
                    inner += Grams[2][(r * Width) + k] * Weights[(((i * _size) + j) * _size) + k];

                sum += Grams[0][(p * Width) + i] * Grams[1][(q * Width) + j] * inner;
            }
        }

        return sum;
    }

    // Component of the mode, then of the other two in the order of time, group, port.
    private (int First, int Second, int Third) Place(int at, int mode)
    {
        var (p, q, r) = (at / (_size * _size), at / _size % _size, at % _size);
        return mode switch { 0 => (p, q, r), 1 => (q, p, r), _ => (r, p, q) };
    }

    private void Weigh(ReadOnlySpan<double> row, double[] first, double[] second, double[] result)
    {
        Array.Clear(result);
        for (var other = 0; other < _size; other++)
        {
            for (var last = 0; last < _size; last++)
            {
                var value = row[(other * Width) + last];
                for (var at = 0; at < _size * _size && value != 0; at++)
                {
                    var (i, j) = (at / _size, at % _size);
                    result[(i * Width) + j] += value * first[(other * Width) + i] * second[(last * Width) + j];
                }
            }
        }
    }
}
