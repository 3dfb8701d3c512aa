namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>How recent hours are explained by the usual and one shape on top of it.</summary>
/// <param name="Level">Times the usual.</param>
/// <param name="Size">Times the shape, counts.</param>
/// <param name="Error">Standard error of the size.</param>
/// <param name="Misfit">Minus twice the logarithm of the likelihood, up to a constant.</param>
internal readonly record struct ShapeFit(double Level, double Size, double Error, double Misfit);
