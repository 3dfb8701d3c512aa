using Microsoft.Extensions.Logging;

namespace Kizashi.Store.Embedded;

/// <summary>What the store tells its operator.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Information, "Opened {Directory}: {Segments} segments, {Tuples} tuples.")]
    public static partial void Opened(ILogger logger, string directory, int segments, long tuples);

    [LoggerMessage(2, LogLevel.Warning, "Removed {Count} unfinished files that a crash left behind.")]
    public static partial void RemovedUnlisted(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Error, "{Problem}")]
    public static partial void Stopped(ILogger logger, string problem, Exception? exception);

    [LoggerMessage(4, LogLevel.Information, "Storing again; {Refused} batches were refused since the start.")]
    public static partial void Resumed(ILogger logger, long refused);

    [LoggerMessage(5, LogLevel.Information, "Compacted {Inputs} segments of {Rows} rows into {Outputs} in {Milliseconds} ms.")]
    public static partial void Compacted(ILogger logger, int inputs, long rows, int outputs, long milliseconds);

    [LoggerMessage(6, LogLevel.Information, "Retention removed {Segments} segments with {Rows} rows, {Bytes} bytes.")]
    public static partial void Retired(ILogger logger, int segments, long rows, long bytes);

    [LoggerMessage(7, LogLevel.Error, "A round of maintenance failed; the next one tries again.")]
    public static partial void MaintenanceFailed(ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "The listed segment {File} is missing; run 'kizashi store check'.")]
    public static partial void SegmentMissing(ILogger logger, string file);
}
