namespace Kizashi.Core.Addresses;

/// <summary>What public tables say of an address.</summary>
/// <param name="Prefix">The announced prefix it lies in, null if unknown.</param>
/// <param name="Asn">Origin AS number, 0 if unknown.</param>
/// <param name="AsName">Name of the AS, empty if unknown.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code in capitals, empty if unknown.</param>
public sealed record AddressFacts(Prefix? Prefix, uint Asn, string AsName, string Country)
{
    public static AddressFacts Unknown { get; } = new(null, 0, "", "");
}
