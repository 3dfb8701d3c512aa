namespace Kizashi.Core.Forecasts;

/// <summary>What is expected of all watched series, kept up in the background.</summary>
public interface IForecastBook
{
    /// <summary>Null until a first hour is known.</summary>
    ForecastSnapshot? Latest { get; }

    /// <summary>What was forecast of a series for the hours from a time on, by hour.</summary>
    /// <param name="name">The series'; nothing is known of others.</param>
    /// <param name="lead">Hours ahead: 1, 24 or 168.</param>
    /// <param name="from">First hour.</param>
    IReadOnlyList<IssuedForecast> Record(string name, int lead, DateTimeOffset from);
}
