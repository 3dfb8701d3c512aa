namespace Kizashi.Observe.Telescope.Responder;

/// <summary>A source that got its SYN-ACK.</summary>
internal sealed class AnsweredSource
{
    /// <summary>When, as a timestamp of the clock.</summary>
    public required long At { get; init; }

    /// <summary>The sequence number it must acknowledge, the cookie and one.</summary>
    public required uint Acknowledged { get; init; }

    /// <summary>Its first payload was kept; what it sends again is not.</summary>
    public bool HasPayload { get; set; }
}
