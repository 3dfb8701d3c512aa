using System.Text.Json.Nodes;

namespace Kizashi.Core.Alerts;

/// <summary>Why one should believe an alert: what one sensor saw in one event.</summary>
public sealed record Evidence
{
    public required string Sensor { get; init; }

    /// <summary>The finding's event id.</summary>
    public required string EventId { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required long Packets { get; init; }

    /// <summary>In plain words: "25 SYNs to tcp/23 at 12 dark addresses".</summary>
    public required string Summary { get; init; }

    /// <summary>What <see cref="Summary"/> tells, as values under the keys of <see cref="AlertDetails"/>, so that it can be told
    /// in other languages; null where it was stored by a version that did not keep them.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>Ids of batches in the store that carry the observations, at most 16.</summary>
    public IReadOnlyList<string> Batches { get; init; } = [];
}
