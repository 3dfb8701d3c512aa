namespace Kizashi.Core.Pipeline;

/// <summary>What an export may contain.</summary>
public sealed record ExportOptions
{
    /// <summary>Dark addresses betray the telescope; they leave the house only when asked for.</summary>
    public bool IncludeDarkAddresses { get; init; }

    /// <summary>Name under which the exporting organization appears.</summary>
    public string Organization { get; init; } = "Kizashi";
}
