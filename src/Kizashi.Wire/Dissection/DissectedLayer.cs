namespace Kizashi.Wire.Dissection;

/// <summary>One protocol layer of a packet: IPv4, TCP, ICMP, quoted IPv4, payload.</summary>
public sealed record DissectedLayer(string Name, IReadOnlyList<DissectedField> Fields);
