using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Core.Pipeline;

/// <summary>What a rule wants an alert to say; the life cycle joins drafts of the same key into one alert.</summary>
public sealed record AlertDraft
{
    public required string Kind { get; init; }

    public required Subject Subject { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>0..1.</summary>
    public required double Confidence { get; init; }

    public required string Summary { get; init; }

    public required JsonObject Details { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>Sensors that saw it besides that of the evidence.</summary>
    public IReadOnlyList<string> Sensors { get; init; } = [];

    /// <summary>Nothing of the event remains open.</summary>
    public required bool Ended { get; init; }

    /// <summary>Subject and event of the alert of the same kind that this one turned out to be part of; null for none.</summary>
    public (Subject Subject, string EventId)? PartOf { get; init; }

    public bool Simulated { get; init; }
}
