using Kizashi.Core.Addresses;

namespace Kizashi.Share.Stix;

/// <summary>What is said of traffic that came from an address.</summary>
/// <param name="Source">Its sender.</param>
/// <param name="Protocols">From the outer to the inner: ipv4, tcp.</param>
/// <param name="SourcePort">Null where unknown or without ports.</param>
/// <param name="DestinationPort">Null where unknown or without ports.</param>
/// <param name="Start">First packet.</param>
/// <param name="End">Last packet.</param>
internal sealed record TrafficFacts(
    Prefix Source, IReadOnlyList<string> Protocols, ushort? SourcePort, ushort? DestinationPort, string Start, string End);
