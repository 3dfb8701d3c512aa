using Kizashi.Analyze;
using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Warn.LifeCycle;
using Kizashi.Warn.Samples;

namespace Kizashi.Cli.Watching;

/// <summary>What every session of this process shares.</summary>
internal sealed record SessionServices(
    IObservationStore Store,
    ICheckpointStore Checkpoints,
    AlertBook Alerts,
    FindingCounts Counts,
    RecentSamples Samples,
    ISensorRegistry Sensors,
    IKnownScanners KnownScanners,
    IAddressBook Addresses,
    ILiveFeed Feed,
    AnalyzeMetrics Metrics,
    TimeProvider Time,
    ILogger<SessionServices> Log);
