namespace Kizashi.Core.Pipeline;

/// <summary>One protocol layer of a packet: IPv4, TCP, ICMP, quoted IPv4, payload.</summary>
public sealed record PacketLayer(string Name, IReadOnlyList<PacketField> Fields);
