using Kizashi.Core.Addresses;

namespace Kizashi.Core.Campaigns;

/// <summary>A source that behaves like the one asked for.</summary>
/// <param name="Source">Who.</param>
/// <param name="Likeness">Cosine of what both do beyond chance, 0..1.</param>
/// <param name="Campaign">Name of its campaign; null for none.</param>
public sealed record CampaignNeighbor(Address Source, double Likeness, string? Campaign);
