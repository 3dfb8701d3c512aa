namespace Kizashi.Analyze.Cooperation;

/// <summary>What an engine has to say of one window: groups that act together, and on which ports.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="Window">End of the window judged, milliseconds since 1970 UTC.</param>
/// <param name="Ports">As <see cref="PortKey"/> makes them, strongest first.</param>
/// <param name="Groups">Those that act together, by number.</param>
/// <param name="Score">How far above the engine's own threshold, 1 at it.</param>
internal sealed record EngineAlarm(
    string Engine, long Window, IReadOnlyList<uint> Ports, IReadOnlyList<ulong> Groups, double Score)
{
    /// <summary>What limits it, such as not-converged; empty when nothing does.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Pairs of groups with the strength of their bond, 0..1, strongest first.</summary>
    public IReadOnlyList<GroupBond> Bonds { get; init; } = [];
}
