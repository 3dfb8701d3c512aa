namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>Values with weights.</summary>
internal sealed class WeighedValues
{
    private readonly (double Value, double Weight)[] _sorted;
    private readonly double _all;

    /// <param name="values">At least one.</param>
    public WeighedValues(IEnumerable<(double Value, double Weight)> values)
    {
        _sorted = [.. values.OrderBy(one => one.Value)];
        _all = _sorted.Sum(one => one.Weight);
    }

    /// <summary>The value below which a part of the weight lies, along a line between neighbors.</summary>
    public double Quantile(double part)
    {
        var (sum, goal) = (0.0, part * _all);
        for (var at = 0; at < _sorted.Length; at++)
        {
            var (value, weight) = _sorted[at];
            if (sum + weight >= goal && weight > 0)
            {
                var next = at + 1 < _sorted.Length ? _sorted[at + 1].Value : value;
                return value + ((next - value) * Math.Clamp((goal - sum) / weight, 0, 1));
            }

            sum += weight;
        }

        return _sorted[^1].Value;
    }
}
