using Microsoft.Extensions.Logging;

namespace Kizashi.Enrich;

/// <summary>What enrichment says of itself.</summary>
internal static partial class EnrichLog
{
    [LoggerMessage(1, LogLevel.Information, "Address tables loaded: {Tables}")]
    public static partial void Loaded(ILogger logger, string tables);

    [LoggerMessage(2, LogLevel.Error, "{File} is not used: damaged at byte {Offset}: {Reason}")]
    public static partial void Damaged(ILogger logger, string file, long offset, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Address tables stay as they were, since a changed file is damaged")]
    public static partial void Kept(ILogger logger);
}
