using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Addressing;

/// <summary>An invented network: who announces a prefix, and where it is.</summary>
/// <param name="Prefix">Out of space that nobody uses: 240.0.0.0/4 (reserved) and 3fff::/20 (documentation, RFC 9637).</param>
/// <param name="Asn">A number for documentation or private use.</param>
/// <param name="AsName">Says that it is simulated.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record PlannedNetwork(Prefix Prefix, uint Asn, string AsName, string Country);
