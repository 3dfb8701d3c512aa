using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>The attack on a network of which an attack on an address, or on a smaller network, is part.</summary>
/// <param name="Victim">The network.</param>
/// <param name="EventId">Its event.</param>
public sealed record WiderAttack(Prefix Victim, string EventId);
