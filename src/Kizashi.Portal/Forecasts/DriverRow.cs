namespace Kizashi.Portal.Forecasts;

/// <summary>A part of a series, and how much more of it there is.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Href">Its page; null for none.</param>
/// <param name="Before">Counts an hour of the earlier day.</param>
/// <param name="After">Counts an hour of the later day.</param>
internal sealed record DriverRow(string Label, string? Href, double Before, double After);
