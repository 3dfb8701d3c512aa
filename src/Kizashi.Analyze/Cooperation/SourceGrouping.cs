namespace Kizashi.Analyze.Cooperation;

/// <summary>What sources are taken together as one group; IPv6 is always taken by /48.</summary>
public enum SourceGrouping
{
    /// <summary>By /16, as Dark-TRACER does.</summary>
    Prefix16,

    /// <summary>By /24: finer, for telescopes that see few networks.</summary>
    Prefix24,

    /// <summary>By origin AS, where the address book knows it; else by /16.</summary>
    As,
}
