using Kizashi.Core.Addresses;

namespace Kizashi.Testing.Reference;

/// <summary>An aggressive scanner of a day as the slow implementation finds it.</summary>
public sealed record ReferenceAggressiveScanner(
    DateOnly Day, Address Source, bool ByCoverage, bool ByPackets, bool ByPorts, long DayPackets, long DayPorts);
