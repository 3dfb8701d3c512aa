namespace Kizashi.Portal.Alerts;

/// <summary>One thing an alert rests on: what was measured and where the definition draws its line.</summary>
/// <param name="Measure">What.</param>
/// <param name="Value">Measured.</param>
/// <param name="Line">The threshold, empty where there is none.</param>
/// <param name="Share">Value over threshold on a logarithmic scale for a bar, 0..1 with 0.5 at the line; null
/// without a bar.</param>
internal sealed record BasisRow(string Measure, string Value, string Line, double? Share = null);
