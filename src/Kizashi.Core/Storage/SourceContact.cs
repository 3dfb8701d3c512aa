using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Core.Storage;

/// <summary>What one source sent to a port within an hour in packets that look alike.</summary>
/// <param name="Source">Who.</param>
/// <param name="Protocol">IANA number.</param>
/// <param name="Port">Destination port; type of ICMP.</param>
/// <param name="Hour">Hours since 1970 UTC.</param>
/// <param name="Ttl">Largest seen.</param>
/// <param name="SynLength">TCP header length of the SYNs; 0 for others.</param>
/// <param name="SynWindow">Window of the SYNs; 0 for others.</param>
/// <param name="Marks">Fingerprints.</param>
/// <param name="Packets">Number.</param>
public readonly record struct SourceContact(
    Address Source, byte Protocol, ushort Port, int Hour, byte Ttl, ushort SynLength, ushort SynWindow, PacketMarks Marks,
    long Packets);
