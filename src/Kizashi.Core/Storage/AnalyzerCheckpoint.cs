namespace Kizashi.Core.Storage;

/// <summary>State of a sensor's analyzers at one point of its stream.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Sequence">Number of the last batch the state contains, in the order in which the store committed them.</param>
/// <param name="WatermarkMillis">Milliseconds since 1970 UTC up to which the analyzers were advanced.</param>
/// <param name="State">As the analyzers wrote it, one after the other, each with its name.</param>
public sealed record AnalyzerCheckpoint(string Sensor, long Sequence, long WatermarkMillis, byte[] State);
