namespace Kizashi.Core.Storage;

/// <summary>Packets and distinct sources of a country in a time range.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, empty for unknown.</param>
/// <param name="Packets">In the range.</param>
/// <param name="Sources">Distinct sources, estimated.</param>
public sealed record CountryActivity(string Country, long Packets, long Sources);
