using Kizashi.Core.Alerts;

namespace Kizashi.Core.Storage;

/// <summary>Which alerts; everything left null does not filter.</summary>
public sealed record AlertQuery
{
    /// <summary>Exact kind, or a start such as "darknet." or "darknet.scan".</summary>
    public string? Kind { get; init; }

    /// <summary>Exact subject value, or for a prefix every address subject in it.</summary>
    public string? Subject { get; init; }

    public Severity? AtLeast { get; init; }

    /// <summary>Opened at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Opened before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>True: only open ones. False: only closed ones.</summary>
    public bool? Open { get; init; }

    public bool? Acknowledged { get; init; }

    public string? Country { get; init; }

    public uint? Asn { get; init; }

    public string? Sensor { get; init; }

    /// <summary>Words that summary or subject contain, all of them, ignoring case.</summary>
    public string? Text { get; init; }

    /// <summary>Newest opened first; oldest first when false.</summary>
    public bool NewestFirst { get; init; } = true;

    /// <summary>1..10,000.</summary>
    public int Most { get; init; } = 100;

    /// <summary>Continue after this alert: the id of the last one of the page before.</summary>
    public string? After { get; init; }
}
