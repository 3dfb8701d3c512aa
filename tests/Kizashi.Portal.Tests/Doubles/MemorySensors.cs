using System.Collections.Concurrent;
using Kizashi.Core.Sensors;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Sensors in memory.</summary>
public sealed class MemorySensors : ISensorRegistry
{
    private readonly ConcurrentDictionary<string, SensorStatus> _sensors = new();

    public IReadOnlyList<SensorStatus> All => [.. _sensors.Values];

    public void Report(SensorStatus status) => _sensors[status.Name] = status;
}
