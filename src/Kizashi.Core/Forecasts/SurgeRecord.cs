namespace Kizashi.Core.Forecasts;

/// <summary>How well surges were announced, over all series.</summary>
/// <param name="Came">Announced, and they came.</param>
/// <param name="Missed">They came, and nobody had announced them.</param>
/// <param name="False">Announced, and they did not come.</param>
/// <param name="Open">Announced, and their time is not over.</param>
/// <param name="MedianLead">Half of those that came were announced at least so many hours ahead; null when none came.</param>
/// <param name="Hours">Hours of series that were watched.</param>
public sealed record SurgeRecord(int Came, int Missed, int False, int Open, double? MedianLead, long Hours)
{
    /// <summary>Nothing was watched.</summary>
    public static SurgeRecord None { get; } = new(0, 0, 0, 0, null, 0);

    /// <summary>Part of the surges that were announced; null when there was none.</summary>
    public double? HitRate => Came + Missed > 0 ? Came / (double)(Came + Missed) : null;

    /// <summary>Part of the announcements whose time is over that were false; null when there was none.</summary>
    public double? FalseAlarmRate => Came + False > 0 ? False / (double)(Came + False) : null;

    /// <summary>False announcements in a week of a hundred series; null while less than that was watched.</summary>
    public double? FalsePerWeek => Hours > 0 ? False * 16_800.0 / Hours : null;
}
