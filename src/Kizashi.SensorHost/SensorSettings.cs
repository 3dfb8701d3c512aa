using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;

namespace Kizashi.SensorHost;

/// <summary>How a reflector's packets are aggregated.</summary>
internal static class SensorSettings
{
    /// <summary>The same for all reflectors, so that a source is in the same shard of each.</summary>
    public const int Shards = 2;

    // Of forged sources there is no end; nobody needs their exact number.
    private const int MostTuples = 400_000;
    private const int MostSources = 131_072;
    private const int MostBatchRows = 65_536;

    public static TelescopeOptions Telescope(string sensor, PrefixSet own) => new()
    {
        Sensor = sensor,
        Own = own,
        Pace = TelescopePace.Live,
        Workers = Math.Clamp(Environment.ProcessorCount, 1, Shards),
        Shards = Shards,
        ReorderTolerance = LiveTiming.Tolerance,
        FlushInterval = LiveTiming.Flush,
        MaxTuples = MostTuples,
        MaxSources = MostSources,
        MaxBatchRows = MostBatchRows,
    };
}
