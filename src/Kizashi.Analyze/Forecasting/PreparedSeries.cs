using Kizashi.Analyze.Forecasting.Models;

namespace Kizashi.Analyze.Forecasting;

/// <summary>A series ready for models.</summary>
/// <param name="History">Without gaps; without values when nothing is known.</param>
/// <param name="Unknown">Steps of which nothing was known.</param>
/// <param name="Behind">Steps since the last known value, which a forecast has to cover first.</param>
/// <param name="Least">0 when no value is below, as of counts; null otherwise.</param>
public sealed record PreparedSeries(SeriesHistory History, int Unknown, int Behind, double? Least);
