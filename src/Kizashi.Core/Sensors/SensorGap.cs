namespace Kizashi.Core.Sensors;

/// <summary>A stated time in which a sensor's record is missing or known to be incomplete; drawn as a gap, never as zero.</summary>
public sealed record SensorGap(string Sensor, DateTimeOffset From, DateTimeOffset To, string Reason);
