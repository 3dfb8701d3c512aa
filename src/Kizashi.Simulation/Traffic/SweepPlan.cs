using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Traffic;

/// <summary>How sources sweep over the darknet.</summary>
internal sealed record SweepPlan
{
    private const int DefaultTargetsV6 = 256;
    private const long DefaultFlashMicros = 10_000_000;

    public required string Kind { get; init; }

    public required ScanTool Tool { get; init; }

    public required int Sources { get; init; }

    /// <summary>In /24s of their own.</summary>
    public bool Neighbors { get; init; }

    public required IReadOnlyList<PortName> Ports { get; init; }

    /// <summary>Packets of one sweep, at least 1.</summary>
    public required int Packets { get; init; }

    public required long SweepMicros { get; init; }

    /// <summary>From one sweep's start to the next's.</summary>
    public required long PeriodMicros { get; init; }

    public static SweepPlan Of(SurveyScanner survey, DarkSpace dark)
    {
        var packets = survey.Targets ?? (survey.V6 ? DefaultTargetsV6 : dark.Size * survey.Coverage);
        return new SweepPlan
        {
            Kind = "survey",
            Tool = survey.Tool,
            Sources = survey.Sources,
            Neighbors = survey.Neighbors && !survey.V6,
            Ports = [.. survey.Ports.Select(port => PortName.Parse(port).In(survey.V6))],
            Packets = (int)Math.Clamp(packets, 1, int.MaxValue),
            SweepMicros = (long)survey.Sweep.TotalMicroseconds,
            PeriodMicros = (long)survey.Period.TotalMicroseconds,
        };
    }

    public static SweepPlan Of(Flash flash) => new()
    {
        Kind = "flash",
        Tool = flash.Tool,
        Sources = 1,
        Ports = [PortName.Parse(flash.Port).In(flash.V6)],
        Packets = flash.Packets,
        SweepMicros = flash.Length is { } length ? (long)length.TotalMicroseconds : DefaultFlashMicros,
        // Never again.
        PeriodMicros = long.MaxValue / 4,
    };
}
