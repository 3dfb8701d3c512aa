using Kizashi.Core.Addresses;

namespace Kizashi.Testing.Reference;

/// <summary>An own host as the slow implementation finds it.</summary>
public sealed record ReferenceOwnHost(
    Address Host, bool Answers, long FirstMillis, long LastMillis, long Packets, long Destinations);
