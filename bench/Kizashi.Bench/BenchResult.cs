namespace Kizashi.Bench;

/// <summary>One measured number, beside its peer's and the number required.</summary>
/// <param name="Name">Stable name.</param>
/// <param name="Value">As measured; null when it could not be.</param>
/// <param name="Unit">Of the value and the peer's value.</param>
/// <param name="Peer">Program compared with on the same input in the same run, if any.</param>
/// <param name="PeerValue">The peer's number.</param>
/// <param name="Ratio">Value by peer's value.</param>
/// <param name="Goal">The number required, for the ratio where there is a peer; null without one.</param>
/// <param name="Met">Whether the goal is met; null without one.</param>
public sealed record BenchResult(
    string Name, double? Value, string Unit, string? Peer = null, double? PeerValue = null, double? Ratio = null, double? Goal = null,
    bool? Met = null)
{
    /// <summary>What the number says and what it leaves out, in one sentence.</summary>
    public string? Note { get; init; }

    /// <summary>A number that must reach the goal.</summary>
    public static BenchResult AtLeast(string name, double? value, string unit, double goal, string? note = null) =>
        new(name, value, unit, Goal: goal, Met: value >= goal) { Note = note };

    /// <summary>A number that must not pass the goal.</summary>
    public static BenchResult AtMost(string name, double? value, string unit, double goal, string? note = null) =>
        new(name, value, unit, Goal: goal, Met: value <= goal) { Note = note };

    /// <summary>A number that must be so many times the peer's.</summary>
    public static BenchResult Times(string name, double? value, string unit, string peer, double? peerValue, double goal, string? note = null)
    {
        var ratio = value / peerValue;
        return new(name, value, unit, peer, peerValue, ratio, goal, ratio >= goal) { Note = note };
    }
}
