using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;

namespace Kizashi.Portal.Sensors;

/// <summary>Reads from a sensor's counters whether what it shows is true.</summary>
internal static class SensorHealthReading
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(30);

    /// <summary>good, lossy (more than one in a thousand lost), silent (runs but is not heard), stopped.</summary>
    public static string Of(SensorStatus sensor, DateTimeOffset now)
    {
        if (!sensor.Running)
            return "stopped";

        if (now - sensor.LastHeard > SilentAfter)
            return "silent";

        var lost = Losses(sensor.Totals).Where(loss => loss.IsLoss).Sum(loss => loss.Count);
        return lost > 0 && lost * 1_000 > sensor.Totals.Packets ? "lossy" : "good";
    }

    public static IReadOnlyList<LossCount> Losses(SensorHealth totals) =>
    [
        new("dropped", totals.Dropped, IsLoss: true),
        new("late", totals.Late, IsLoss: true),
        new("overflow", totals.TableOverflow, IsLoss: true),
        new("samples", totals.SamplesDropped, IsLoss: false),
        new("malformed", totals.Malformed, IsLoss: false),
        new("notip", totals.NotIp, IsLoss: false),
        new("notdark", totals.NotDark, IsLoss: false),
    ];
}
