namespace Kizashi.Core.Storage;

/// <summary>What an address did to one port on one UTC day.</summary>
/// <param name="Day">UTC day.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="Port">Destination port; ICMP code for ICMP.</param>
/// <param name="Packets">On that day.</param>
/// <param name="Destinations">Distinct dark destinations.</param>
/// <param name="Marks">Union of fingerprints.</param>
public sealed record SourceActivity(
    DateOnly Day, byte Protocol, ushort Port, long Packets, long Destinations, Observations.PacketMarks Marks);
