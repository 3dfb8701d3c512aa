namespace Kizashi.Analyze.Forecasting.Bursts;

/// <summary>The Hawkes process under which events were likeliest, beside events that know nothing of each other.</summary>
/// <param name="Process">Without excitation when there is a fallback.</param>
/// <param name="LogLikelihood">Of the events under it.</param>
/// <param name="Gain">What the log-likelihood is above that of a constant rate; at least 0.</param>
/// <param name="Agreement">Probability that residuals of the true process lie as far from exponential ones as these (Kolmogorov-Smirnov); small when events are not of this kind. 1 without events.</param>
/// <param name="Fallback">Why it is a constant rate: few, no-better; null when it is not.</param>
public sealed record HawkesFit(HawkesProcess Process, double LogLikelihood, double Gain, double Agreement, string? Fallback);
