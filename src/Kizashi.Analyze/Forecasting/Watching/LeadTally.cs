using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Forecasting.Watching;

/// <summary>How the forecasts of a series made so many hours ahead have done so far, as sums.</summary>
public sealed record LeadTally
{
    public required int Lead { get; init; }

    public long Count { get; set; }

    /// <summary>Of absolute errors.</summary>
    public double Errors { get; set; }

    /// <summary>The same of the same hour of the week before.</summary>
    public double NaiveErrors { get; set; }

    /// <summary>Hours that lay in each band.</summary>
    public required long[] Held { get; init; }

    internal void Add(IssuedForecast said, double actual, double naive)
    {
        Count++;
        Errors += Math.Abs(actual - said.Median);
        NaiveErrors += Math.Abs(actual - naive);
        for (var band = 0; band < Math.Min(Held.Length, said.Lower.Count); band++)
            Held[band] += actual >= said.Lower[band] && actual <= said.Upper[band] ? 1 : 0;
    }

    internal LeadScore ToScore() => new(Lead, Count, Errors / Count, NaiveErrors / Count, [.. Held.Select(held => held / (double)Count)]);
}
