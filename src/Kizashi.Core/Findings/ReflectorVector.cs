namespace Kizashi.Core.Findings;

/// <summary>What an amplification attack has asked of one service.</summary>
/// <param name="Port">Such as udp/53.</param>
/// <param name="Requests">At least 1.</param>
/// <param name="Bytes">IP bytes of the requests.</param>
public sealed record ReflectorVector(string Port, long Requests, long Bytes);
