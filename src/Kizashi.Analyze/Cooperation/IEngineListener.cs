namespace Kizashi.Analyze.Cooperation;

/// <summary>Hears every alarm of the engines before they are joined, as an evaluation of each engine by itself needs them.</summary>
public interface IEngineListener
{
    /// <summary>An engine alarms in a window. Called with all shards at rest.</summary>
    /// <param name="engine">One of <see cref="EngineNames"/>.</param>
    /// <param name="windowEnd">End of the window judged.</param>
    /// <param name="ports">Such as tcp/23, at least one; an alarm on no port in particular is not told.</param>
    void Hear(string engine, DateTimeOffset windowEnd, IReadOnlyList<string> ports);
}
