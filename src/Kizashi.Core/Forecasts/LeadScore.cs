namespace Kizashi.Core.Forecasts;

/// <summary>How the forecasts of a series made so many hours ahead did once the hour had come.</summary>
/// <param name="Lead">Hours ahead.</param>
/// <param name="Count">Forecasts that have been judged.</param>
/// <param name="Error">Mean absolute error of the median.</param>
/// <param name="Naive">That of the same hour of the week before.</param>
/// <param name="Held">Part of the hours that lay in the band, for each band.</param>
public sealed record LeadScore(int Lead, long Count, double Error, double Naive, IReadOnlyList<double> Held);
