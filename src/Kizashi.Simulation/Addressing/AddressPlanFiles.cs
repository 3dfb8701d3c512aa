namespace Kizashi.Simulation.Addressing;

/// <summary>Where an address plan was written.</summary>
/// <param name="Pfx2AsV4">IPv4 prefixes as CAIDA writes them: prefix, length, AS, separated by tabs.</param>
/// <param name="Pfx2AsV6">The same for IPv6.</param>
/// <param name="Mmdb">Both families as a MaxMind DB with country, AS number and AS name.</param>
public sealed record AddressPlanFiles(string Pfx2AsV4, string Pfx2AsV6, string Mmdb);
