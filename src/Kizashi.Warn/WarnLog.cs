using Microsoft.Extensions.Logging;

namespace Kizashi.Warn;

/// <summary>What the warn stage says of itself.</summary>
internal static partial class WarnLog
{
    [LoggerMessage(1, LogLevel.Error, "The store would not take {Count} alerts; they are kept in memory and tried again.")]
    public static partial void SaveFailed(this ILogger logger, int count, Exception reason);

    [LoggerMessage(2, LogLevel.Information, "The store takes alerts again; {Count} were waiting.")]
    public static partial void SaveRecovered(this ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Warning, "Raw packets of an alert could not be read from the store.")]
    public static partial void SampleLookupFailed(this ILogger logger, Exception reason);

    [LoggerMessage(4, LogLevel.Error, "{Count} alerts that waited for the store were given up: no room in memory.")]
    public static partial void GivenUp(this ILogger logger, int count);
}
