namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>How it is said who is attacked again.</summary>
public sealed record RecurrenceOptions
{
    /// <summary>Times ahead, each an hour to a year, at most 8. Default a day, a week and thirty days.</summary>
    public IReadOnlyList<TimeSpan> Horizons { get; init; } = [TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];

    /// <summary>Times in the past from which it is tried, for each time ahead, 2..24. Default 8.</summary>
    public int Origins { get; init; } = 8;

    /// <summary>Those attacked last are kept, others left out, 1..50,000. Default 50,000.</summary>
    public int MostVictims { get; init; } = 50_000;

    /// <summary>The latest are kept, others left out, 1..200,000. Default 200,000.</summary>
    public int MostAttacks { get; init; } = 200_000;

    internal IReadOnlyList<string> Faults() => new OptionFaults("Recurrence")
        .Range($"{nameof(Horizons)}:Count", Horizons.Count, 1, 8)
        .Range(nameof(Horizons), Horizons.Select(horizon => horizon.TotalDays).DefaultIfEmpty(-1).Min(), 1 / 24.0, 365)
        .Range(nameof(Horizons), Horizons.Select(horizon => horizon.TotalDays).DefaultIfEmpty(-1).Max(), 1 / 24.0, 365)
        .Range(nameof(Origins), Origins, 2, 24)
        .Range(nameof(MostVictims), MostVictims, 1, 50_000)
        .Range(nameof(MostAttacks), MostAttacks, 1, 200_000)
        .All;
}
