namespace Kizashi.Simulation.Scenarios;

/// <summary>Which program a scanner's packets look like.</summary>
public enum ScanTool
{
    /// <summary>An operating system's own SYN, no fingerprint.</summary>
    Plain,

    /// <summary>IP identification 54321.</summary>
    ZMap,

    /// <summary>IP identification = low 16 bits of (destination ^ port ^ sequence number).</summary>
    Masscan,

    /// <summary>Sequence number = destination address.</summary>
    Mirai,

    /// <summary>Sequence number = key ^ destination in network order ^ (destination port &lt;&lt; 16 + source port), one key per scan.</summary>
    Unicornscan,

    /// <summary>Window 1024, 2048, 3072 or 4096 and the option MSS 1460 alone.</summary>
    Nmap,
}
