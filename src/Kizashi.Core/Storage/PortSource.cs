using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Core.Storage;

/// <summary>What one source sent to a port in a time range.</summary>
/// <param name="Source">Who.</param>
/// <param name="Packets">To the port.</param>
/// <param name="Destinations">Distinct dark addresses.</param>
/// <param name="First">Start of the ten seconds in which its first packet came.</param>
/// <param name="Last">The same of its last.</param>
/// <param name="Marks">Union of fingerprints.</param>
public sealed record PortSource(
    Address Source, long Packets, long Destinations, DateTimeOffset First, DateTimeOffset Last, PacketMarks Marks);
