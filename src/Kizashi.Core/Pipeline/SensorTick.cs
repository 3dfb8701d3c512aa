using Kizashi.Core.Sensors;

namespace Kizashi.Core.Pipeline;

/// <summary>A sensor's counters, about once a second while it delivers.</summary>
public sealed record SensorTick(SensorStatus Status) : LiveEvent;
