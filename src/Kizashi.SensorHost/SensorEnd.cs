using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Recording;

namespace Kizashi.SensorHost;

/// <summary>What a sensor's run came to.</summary>
public sealed record SensorEnd
{
    public required TelescopeSummary Summary { get; init; }

    public ReflectorStatus? Reflector { get; init; }

    /// <summary>Null when nothing was recorded.</summary>
    public RecorderStatus? Recorded { get; init; }

    /// <summary>Packets whose batches nobody took, such as a full disk.</summary>
    public long Refused { get; init; }
}
