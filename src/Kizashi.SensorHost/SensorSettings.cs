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

    // Together they are most of the time from a packet to its alert, which must stay below two seconds.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Flush = TimeSpan.FromMilliseconds(500);

    public static TelescopeOptions Telescope(string sensor, PrefixSet own) => new()
    {
        Sensor = sensor,
        Own = own,
        Pace = TelescopePace.Live,
        Workers = Math.Clamp(Environment.ProcessorCount, 1, Shards),
        Shards = Shards,
        ReorderTolerance = Tolerance,
        FlushInterval = Flush,
        MaxTuples = MostTuples,
        MaxSources = MostSources,
        MaxBatchRows = MostBatchRows,
    };
}
