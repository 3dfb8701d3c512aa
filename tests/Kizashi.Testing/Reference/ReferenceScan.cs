using Kizashi.Core.Addresses;

namespace Kizashi.Testing.Reference;

/// <summary>A scan as the slow implementation finds it.</summary>
public sealed record ReferenceScan(
    Address Source,
    byte Protocol,
    ushort Port,
    long FirstMillis,
    long LastMillis,
    long Packets,
    long Destinations,
    bool IsDurumeric,
    string Tools);
