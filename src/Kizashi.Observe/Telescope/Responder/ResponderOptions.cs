namespace Kizashi.Observe.Telescope.Responder;

/// <summary>What bounds the responder. It is off unless somebody turns it on.</summary>
public sealed record ResponderOptions
{
    public const int LeastPerSecond = 1;
    public const int MostPerSecond = 1_000;

    /// <summary>SYN-ACKs per second over all sources, 1..1,000. Default 20.</summary>
    public int PerSecond { get; init; } = 20;
}
