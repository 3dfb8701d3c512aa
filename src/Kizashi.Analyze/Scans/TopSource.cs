using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Scans;

/// <summary>A source of a day as the ranking sees it.</summary>
internal readonly record struct TopSource(
    Address Source, long Packets, long Ports, long First, long Last, ushort Tools, bool IsExact);
