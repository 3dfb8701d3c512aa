namespace Kizashi.Portal.Charts;

/// <summary>A time without observation, in milliseconds since 1970.</summary>
internal sealed record ChartGap(long From, long To, string Text);
