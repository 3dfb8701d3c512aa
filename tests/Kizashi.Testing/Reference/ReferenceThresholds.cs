namespace Kizashi.Testing.Reference;

/// <summary>The numbers of the definitions, as their sources have them.</summary>
public sealed record ReferenceThresholds
{
    public int MinDestinations { get; init; } = 10;

    public int MinRate { get; init; } = 10;

    public int IdleSeconds { get; init; } = 624;

    public int IdleSecondsV6 { get; init; } = 3600;

    public int DurumericDestinations { get; init; } = 100;

    public int DurumericRate { get; init; } = 10;

    public int DurumericIdleSeconds { get; init; } = 480;

    public int VictimPackets { get; init; } = 25;

    public int VictimSeconds { get; init; } = 60;

    public int VictimPacketsPerMinute { get; init; } = 30;

    public double Coverage { get; init; } = 0.1;

    public double Top { get; init; } = 0.0001;

    public int MinSources { get; init; } = 10_000;

    public int OwnIdleSeconds { get; init; } = 3600;
}
