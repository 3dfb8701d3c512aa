namespace Kizashi.Core.Storage;

/// <summary>How busy a port was in a time range and in the range of the same length before it.</summary>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="Port">Destination port; ICMP type for ICMP.</param>
/// <param name="Packets">In the range.</param>
/// <param name="PacketsBefore">In the range before; null if no sensor observed nine tenths of it: a day is no rise over a quarter of an hour.</param>
/// <param name="Sources">Distinct sources in the range, estimated.</param>
public sealed record PortActivity(byte Protocol, ushort Port, long Packets, long? PacketsBefore, long Sources);
