namespace Kizashi.Simulation.Truth;

/// <summary>How an outbreak grew before one sensor, and from when it counts.</summary>
/// <remarks>
/// An outbreak counts from the first window in which at least twenty /16s (IPv6: /48s) each sent three packets on its ports to the
/// sensor. One that never gets there is faint. All times are those the sensor recorded.
/// </remarks>
public sealed record OutbreakTruth
{
    /// <summary>Groups that must each have sent <see cref="LeastPackets"/> in a window.</summary>
    public const int LeastGroups = 20;

    /// <summary>Packets of a group in a window that make it strong.</summary>
    public const int LeastPackets = 3;

    /// <summary>Windows of ten minutes listed at most: a week of them.</summary>
    public const int MostListed = 1008;

    public required string Sensor { get; init; }

    /// <summary>First window of ten minutes in which it counts, null when it is faint in these.</summary>
    public DateTimeOffset? CountsFrom { get; init; }

    /// <summary>First window of thirty minutes in which it counts, null when it is faint even in these.</summary>
    public DateTimeOffset? CountsFromHalfHour { get; init; }

    /// <summary>Most strong groups in a window of ten minutes.</summary>
    public required int Strength { get; init; }

    /// <summary>Most strong groups in a window of thirty minutes.</summary>
    public required int HalfHourStrength { get; init; }

    /// <summary>Infected hosts that ever sent something to this sensor.</summary>
    public required int Hosts { get; init; }

    /// <summary>The first <see cref="MostListed"/> windows of ten minutes with packets.</summary>
    public required IReadOnlyList<OutbreakWindow> Windows { get; init; }
}
