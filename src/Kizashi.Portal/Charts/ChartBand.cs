namespace Kizashi.Portal.Charts;

/// <summary>An area between two lines, as of a forecast.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Lower">One for each step; null where there is none.</param>
/// <param name="Upper">One for each step; null where there is none.</param>
internal sealed record ChartBand(string Name, IReadOnlyList<double?> Lower, IReadOnlyList<double?> Upper);
