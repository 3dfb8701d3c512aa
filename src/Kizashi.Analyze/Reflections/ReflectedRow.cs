namespace Kizashi.Analyze.Reflections;

/// <summary>Requests of one FlowTuple.</summary>
/// <param name="First">Milliseconds since 1970 UTC.</param>
/// <param name="Last">Milliseconds since 1970 UTC.</param>
/// <param name="Requests">How many.</param>
/// <param name="Reflector">Hash of the asked address.</param>
/// <param name="Service">Asked port.</param>
/// <param name="SourcePort">From which they claim to come.</param>
/// <param name="Length">IP bytes of each.</param>
/// <param name="Ttl">On arrival.</param>
/// <param name="Sensor">Its place among the <see cref="SensorTable"/>.</param>
internal readonly record struct ReflectedRow(
    long First, long Last, uint Requests, uint Reflector, ushort Service, ushort SourcePort, ushort Length, byte Ttl, byte Sensor);
