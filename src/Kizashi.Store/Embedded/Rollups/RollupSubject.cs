namespace Kizashi.Store.Embedded.Rollups;

/// <summary>What a rollup counts.</summary>
internal enum RollupSubject
{
    /// <summary>Packets, tuples and sources of one sensor.</summary>
    Series = 0,

    /// <summary>Packets and sources by protocol and port, all sensors.</summary>
    Ports = 1,

    /// <summary>Packets and sources by country, all sensors.</summary>
    Countries = 2,
}
