using Kizashi.Analyze.State;

namespace Kizashi.Analyze.ChangePoints;

/// <summary>Scores how much a series has changed: a model of the values, smoothed losses, a model of these, smoothed again.</summary>
/// <remarks>Parameters of the run published with Dark-TRACER: discount 0.005, means of 10 and 5, threshold 3.</remarks>
internal sealed class ChangeFinder
{
    /// <summary>Scores above it are alarms.</summary>
    public const double Threshold = 3;

    /// <summary>Values whose scores say nothing yet.</summary>
    public const int Skipped = 15;

    private const double Discount = 0.005;

    private readonly Sdar _first = new(Discount);
    private readonly MovingMean _firstMean = new(10);
    private readonly Sdar _second = new(Discount);
    private readonly MovingMean _secondMean = new(5);

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <summary>Takes a value; gives its score, 0 for those skipped.</summary>
    public double Update(double value)
    {
        var score = _secondMean.Update(_second.Update(_firstMean.Update(_first.Update(value))));
        return Count++ < Skipped ? 0 : score;
    }

    public void Save(StateWriter writer)
    {
        _first.Save(writer);
        _firstMean.Save(writer);
        _second.Save(writer);
        _secondMean.Save(writer);
        writer.Write(Count);
    }

    public void Load(StateReader reader)
    {
        _first.Load(reader);
        _firstMean.Load(reader);
        _second.Load(reader);
        _secondMean.Load(reader);
        Count = reader.Read<long>();
    }
}
