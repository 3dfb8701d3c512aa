using System.Collections.Concurrent;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;

namespace Kizashi.Cli.Center;

/// <summary>The last status of each sensor of this process, the newest 256 sensors.</summary>
internal sealed class SensorRegistry(ILiveFeed feed) : ISensorRegistry
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<string, SensorStatus> _sensors = new(StringComparer.Ordinal);

    public IReadOnlyList<SensorStatus> All => [.. _sensors.Values.OrderBy(sensor => sensor.Name, StringComparer.Ordinal)];

    public void Report(SensorStatus status)
    {
        _sensors[status.Name] = status;
        while (_sensors.Count > Most && _sensors.Values.Where(sensor => !sensor.Running).MinBy(sensor => sensor.LastHeard) is { } oldest)
            _sensors.TryRemove(oldest.Name, out _);

        feed.Publish(new SensorTick(status));
    }
}
