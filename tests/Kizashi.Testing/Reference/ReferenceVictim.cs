using Kizashi.Core.Addresses;

namespace Kizashi.Testing.Reference;

/// <summary>A victim as the slow implementation finds it.</summary>
public sealed record ReferenceVictim(
    Address Victim,
    byte Protocol,
    long FirstMillis,
    long LastMillis,
    long Packets,
    long Bytes,
    long MaxPacketsPerMinute,
    long Mismatches,
    ushort Port,
    string Reasons);
