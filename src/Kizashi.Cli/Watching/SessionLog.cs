namespace Kizashi.Cli.Watching;

/// <summary>What sessions tell the operator.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Warning, "The saved analysis state of sensor {Sensor} cannot be used and is rebuilt from what is stored: {Reason}")]
    public static partial void CheckpointUnusable(ILogger log, string sensor, string reason);

    [LoggerMessage(2, LogLevel.Information, "Sensor {Sensor} observes {Source}; dark: {Dark}")]
    public static partial void Started(ILogger log, string sensor, string source, string dark);

    [LoggerMessage(3, LogLevel.Information, "Sensor {Sensor} stopped after {Packets} packets")]
    public static partial void Stopped(ILogger log, string sensor, long packets);

    [LoggerMessage(4, LogLevel.Error, "Sensor {Sensor} failed: {Reason}; trying again in {Seconds} s")]
    public static partial void Failed(ILogger log, string sensor, string reason, int seconds);

    [LoggerMessage(5, LogLevel.Information, "Settings were read again{Effect}")]
    public static partial void Reloaded(ILogger log, string effect);

    [LoggerMessage(6, LogLevel.Error, "Changed settings were not taken, the old ones stay: {Faults}")]
    public static partial void ReloadRefused(ILogger log, string faults);

    [LoggerMessage(7, LogLevel.Warning, "Sensor {Sensor} lost {Count}, {Kind}")]
    public static partial void Lost(ILogger log, string sensor, long count, string kind);
}
