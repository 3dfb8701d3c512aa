using Kizashi.Core.Addresses;

namespace Kizashi.Warn.KnownScanners;

/// <summary>One entry of the list of known scanners.</summary>
/// <param name="Prefix">Addresses it scans from.</param>
/// <param name="Name">Under which people know it: "Shodan".</param>
public sealed record KnownScanner(Prefix Prefix, string Name);
