namespace Kizashi.Analyze.Cooperation;

/// <summary>One alarm of one engine, in words.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="WindowEnd">End of the window judged.</param>
/// <param name="Ports">Such as tcp/23, strongest first; <see cref="AnyPort"/> for a shape of packets on any port.</param>
/// <param name="Groups">Groups that act together; 0 where the engine does not tell them.</param>
/// <param name="Score">1 at the engine's threshold.</param>
/// <param name="Condition">What limits it; empty when nothing does.</param>
public sealed record EngineRow(
    string Engine, DateTimeOffset WindowEnd, IReadOnlyList<string> Ports, int Groups, double Score, string Condition)
{
    public const string AnyPort = "any";
}
