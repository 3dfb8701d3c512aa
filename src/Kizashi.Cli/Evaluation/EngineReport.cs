namespace Kizashi.Cli.Evaluation;

/// <summary>That an engine spoke of an outbreak, or that what it speaks of has got other ports.</summary>
/// <param name="Engine">Name of the engine; <see cref="Combination"/> for what becomes an alert.</param>
/// <param name="EventId">The same for all it says of one thing.</param>
/// <param name="Sensor">Before which sensor.</param>
/// <param name="Ports">Such as tcp/23.</param>
/// <param name="At">End of the ten minutes in which it was told.</param>
/// <param name="WindowMinutes">Length of the windows it judges in, 10 or 30.</param>
internal sealed record EngineReport(
    string Engine, string EventId, string Sensor, IReadOnlyList<string> Ports, DateTimeOffset At, int WindowMinutes)
{
    public const string Combination = "combination";

    /// <summary>The engines behind it with their scores, such as "baseline 1.4".</summary>
    public IReadOnlyList<string> By { get; init; } = [];
}
