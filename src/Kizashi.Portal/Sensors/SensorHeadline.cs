using Kizashi.Core.Sensors;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Sensors;

/// <summary>Says in one line how the sensors are; a stopped one is neither healthy nor in trouble.</summary>
internal static class SensorHeadline
{
    /// <param name="sensors">All that reported.</param>
    /// <param name="now">The clock, to tell the silent ones.</param>
    /// <param name="words">The reader's language.</param>
    public static string Of(IReadOnlyCollection<SensorStatus> sensors, DateTimeOffset now, Words words)
    {
        var health = sensors.CountBy(sensor => SensorHealthReading.Of(sensor, now)).ToDictionary();
        var good = health.GetValueOrDefault("good");
        var stopped = health.GetValueOrDefault("stopped");
        var trouble = sensors.Count - good - stopped;
        if (sensors.Count == 0)
            return words["sensors.title"];

        if (stopped == sensors.Count)
            return words.Count("sensors.stopped", stopped);

        var running = trouble > 0
            ? words.Count("sensors.trouble", trouble, words.Number(sensors.Count))
            : words.Count(stopped > 0 ? "sensors.some" : "sensors.good", good, words.Number(sensors.Count));
        return stopped > 0 ? words["sensors.withstopped", running, words.Number(stopped)] : running;
    }
}
