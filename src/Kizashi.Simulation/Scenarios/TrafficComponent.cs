using System.Text.Json.Serialization;

namespace Kizashi.Simulation.Scenarios;

/// <summary>One kind of traffic in a scenario.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BackgroundRadiation), "background")]
[JsonDerivedType(typeof(SurveyScanner), "survey")]
[JsonDerivedType(typeof(MiraiScanning), "mirai")]
[JsonDerivedType(typeof(Outbreak), "outbreak")]
[JsonDerivedType(typeof(DosBackscatter), "dos")]
[JsonDerivedType(typeof(Misconfiguration), "misconfiguration")]
[JsonDerivedType(typeof(OwnHosts), "own-hosts")]
[JsonDerivedType(typeof(Flash), "flash")]
public abstract record TrafficComponent
{
    /// <summary>IPv6 instead of IPv4.</summary>
    public bool V6 { get; init; }

    /// <summary>From the scenario's start.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Null: to the scenario's end.</summary>
    public TimeSpan? Length { get; init; }
}
