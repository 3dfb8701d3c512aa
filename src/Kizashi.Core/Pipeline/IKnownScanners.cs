using Kizashi.Core.Addresses;

namespace Kizashi.Core.Pipeline;

/// <summary>Scanners that say who they are: survey projects and search engines whose prefixes the operator listed.</summary>
public interface IKnownScanners
{
    /// <summary>Name of the scanner an address belongs to, by its longest listed prefix; null when it is in none.</summary>
    string? NameOf(Address address);
}
