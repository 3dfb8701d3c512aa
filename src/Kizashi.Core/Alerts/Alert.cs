using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;

namespace Kizashi.Core.Alerts;

/// <summary>One thing somebody should know, with a life: opened, updated, closed. Immutable; a change is a new value under the same id.</summary>
/// <remarks>Times are times of the traffic, so that the same traffic gives the same alert whenever it is analyzed.</remarks>
public sealed record Alert
{
    /// <summary>Sixteen characters of Crockford's base 32, made from kind, subject and the first event: the same in any run.</summary>
    public required string Id { get; init; }

    /// <summary>A kind that stands in <see cref="EventCatalog"/>, such as darknet.scan.</summary>
    public required string Kind { get; init; }

    public required Subject Subject { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Calibrated probability that it is what it says, 0..1.</summary>
    public required double Confidence { get; init; }

    public Tlp Tlp { get; init; } = Tlp.Amber;

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? Closed { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required IReadOnlyList<string> Sensors { get; init; }

    /// <summary>Newest last, at most 64; <see cref="EvidenceDropped"/> says how many older ones were given up.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    public int EvidenceDropped { get; init; }

    /// <summary>What is particular to the kind, camelCase keys; described in docs/events.md.</summary>
    public required JsonObject Details { get; init; }

    /// <summary>One sentence in plain English. Pages in other languages make their own from kind and details.</summary>
    public required string Summary { get; init; }

    /// <summary>AS, prefix and country of the subject at the time of opening, if known.</summary>
    public AddressFacts Facts { get; init; } = AddressFacts.Unknown;

    public bool Simulated { get; init; }

    /// <summary>The alert of the same key before this one, null if none.</summary>
    public string? Previous { get; init; }

    /// <summary>Set when it turned out to be part of another.</summary>
    public string? MergedInto { get; init; }

    public DateTimeOffset? Acknowledged { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? AssignedTo { get; init; }

    public Verdict Verdict { get; init; }

    public IReadOnlyList<AlertNote> Notes { get; init; } = [];
}
