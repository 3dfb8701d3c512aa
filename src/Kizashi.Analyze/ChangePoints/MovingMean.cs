using Kizashi.Analyze.State;

namespace Kizashi.Analyze.ChangePoints;

/// <summary>The mean of the latest values; of fewer while there are fewer.</summary>
internal sealed class MovingMean(int width)
{
    private readonly Queue<double> _values = new(width);

    public double Update(double value)
    {
        if (_values.Count == width)
            _values.Dequeue();

        _values.Enqueue(value);
        return _values.Sum() / _values.Count;
    }

    public void Save(StateWriter writer) => writer.WriteSpan<double>([.. _values]);

    public void Load(StateReader reader)
    {
        foreach (var value in reader.ReadSpan<double>(width))
            _values.Enqueue(value);
    }
}
