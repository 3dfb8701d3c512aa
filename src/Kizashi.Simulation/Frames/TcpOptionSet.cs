namespace Kizashi.Simulation.Frames;

/// <summary>Which options a SYN carries.</summary>
internal enum TcpOptionSet : byte
{
    None,

    /// <summary>MSS 1460 alone: nmap, Masscan of late, embedded stacks.</summary>
    Mss,

    /// <summary>MSS, SACK permitted, timestamps, window scale, as Linux sends them.</summary>
    Linux,

    /// <summary>MSS, window scale, SACK permitted, as Windows sends them.</summary>
    Windows,
}
