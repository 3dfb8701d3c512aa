namespace Kizashi.Portal.Charts;

/// <summary>A country on a map.</summary>
internal sealed record ChartPlace(string Code, string Name, long Packets, long Sources);
