using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope;

namespace Kizashi.SensorHost;

/// <summary>How a sensor is, as it tells it itself.</summary>
public sealed record SensorWord
{
    public required TelescopeProgress Progress { get; init; }

    public ReflectorStatus? Reflector { get; init; }
}
