using Kizashi.Analyze.Backscatter;
using Kizashi.Analyze.Cooperation;
using Kizashi.Analyze.Gaps;
using Kizashi.Analyze.OwnHosts;
using Kizashi.Analyze.Reflections;
using Kizashi.Analyze.Scans;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze;

/// <summary>The analyzers of one sensor.</summary>
public static class AnalyzerSet
{
    /// <summary>Those of one reflector, whose traffic is no darknet's; attacks are judged by <see cref="CreateForReflectors"/>.</summary>
    /// <inheritdoc cref="Create"/>
    public static IReadOnlyList<IAnalyzer> CreateForReflector(AnalyzeOptions options, string sensor, int shards)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [new GapAnalyzer(options.Gaps, sensor, shards)];
    }

    /// <summary>The one that judges what reflectors see, of all sensors at once: it takes the batches of each.</summary>
    /// <param name="options">Judged by; must have no faults.</param>
    /// <param name="shards">In which each of the sensors delivers.</param>
    public static IAnalyzer CreateForReflectors(AnalyzeOptions options, int shards)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ReflectionAnalyzer(options.Reflections, shards, options.Addresses);
    }

    /// <summary>Makes one of each analyzer, all empty, in the order in which findings are wanted.</summary>
    /// <param name="options">Judged by; must have no faults.</param>
    /// <param name="sensor">Name of the sensor whose batches they will take.</param>
    /// <param name="shards">How many shards the sensor delivers in; a saved state fits only the same number.</param>
    /// <exception cref="ArgumentException">The options have faults; the message lists all of them.</exception>
    public static IReadOnlyList<IAnalyzer> Create(AnalyzeOptions options, string sensor, int shards)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(sensor);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        var faults = options.Faults();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));

        return
        [
            new ScanAnalyzer(options, sensor, shards),
            new BackscatterAnalyzer(options.Victims, sensor, shards),
            new OwnHostAnalyzer(options, sensor, shards),
            new OutbreakAnalyzer(options, sensor, shards),
            new GapAnalyzer(options.Gaps, sensor, shards),
        ];
    }
}
