using Kizashi.Analyze.Backscatter;
using Kizashi.Analyze.Cooperation;
using Kizashi.Analyze.Gaps;
using Kizashi.Analyze.OwnHosts;
using Kizashi.Analyze.Reflections;
using Kizashi.Analyze.Scans;
using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze;

/// <summary>What the analyzers of one sensor judge by.</summary>
public sealed record AnalyzeOptions
{
    /// <summary>
    /// The dark addresses the sensor observes, live ones cut out; scales rates to the Internet and gives coverage.
    /// Without IPv4 ones the rate says nothing and only the other rules decide.
    /// </summary>
    public required PrefixSet Dark { get; init; }

    /// <summary>The operator's own networks; empty switches the own-host rule off.</summary>
    public PrefixSet Own { get; init; } = PrefixSet.Empty;

    public ScanOptions Scans { get; init; } = new();

    public AggressiveOptions Aggressive { get; init; } = new();

    public VictimOptions Victims { get; init; } = new();

    public OwnHostOptions OwnHosts { get; init; } = new();

    public GapOptions Gaps { get; init; } = new();

    public ReflectionOptions Reflections { get; init; } = new();

    public OutbreakOptions Outbreaks { get; init; } = new();

    /// <summary>Sources that are left out when outbreaks are looked for; null for none.</summary>
    public IKnownScanners? KnownScanners { get; init; }

    /// <summary>Tells the AS of sources where they are grouped by AS; null for none.</summary>
    public IAddressBook? Addresses { get; init; }

    /// <summary>Hears the alarms of the engines that look for outbreaks one by one; null for nobody.</summary>
    public IEngineListener? Listener { get; init; }

    /// <summary>Every fault in one sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. Scans.Faults(), .. Aggressive.Faults(), .. Victims.Faults(), .. OwnHosts.Faults(), .. Gaps.Faults(),
        .. Outbreaks.Faults(), .. Reflections.Faults(),
    ];
}
