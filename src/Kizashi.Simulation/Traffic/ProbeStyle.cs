using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Traffic;

/// <summary>How the probes of one sender look.</summary>
/// <param name="Tool">The program.</param>
/// <param name="Ttl">As it arrives.</param>
/// <param name="Window">TCP window of a SYN.</param>
/// <param name="Options">TCP options of a SYN.</param>
/// <param name="SourcePort">0 for another one each packet.</param>
/// <param name="Key">Unicornscan's key.</param>
internal readonly record struct ProbeStyle(
    ScanTool Tool, byte Ttl, ushort Window, TcpOptionSet Options, ushort SourcePort, uint Key)
{
    // What small devices and older systems announce.
    private static readonly ushort[] Windows =
    [
        4128, 5480, 5600, 5720, 5792, 5840, 8760, 11_680, 14_480, 14_600, 16_000, 16_384, 17_520, 17_922, 21_900, 24_820,
        26_883, 27_200, 28_960, 29_200, 32_120, 32_768, 42_340, 65_535,
    ];

    /// <summary>Draws a style that the tool's packets have in real darknets.</summary>
    public static ProbeStyle Draw(ScanTool tool, SeededRandom random)
    {
        var hops = (byte)(8 + random.Below(18));
        var port = (ushort)(32768 + random.Below(28232));
        var key = (uint)random.Next();
        return tool switch
        {
            ScanTool.ZMap => new(tool, (byte)(255 - hops), 65535, TcpOptionSet.None, port, key),
            ScanTool.Masscan => new(tool, (byte)(255 - hops), 1024, TcpOptionSet.None, port, key),
            ScanTool.Mirai => new(tool, (byte)(64 - hops), (ushort)(15_000 + random.Below(50_000)), TcpOptionSet.None, port, key),
            ScanTool.Unicornscan => new(tool, (byte)(128 - hops), 4096, TcpOptionSet.None, port, key),
            ScanTool.Nmap => new(tool, (byte)(59 - hops), (ushort)(1024 * (1 + random.Below(4))), TcpOptionSet.Mss, port, key),
            _ => DrawPlain(random, hops),
        };
    }

    private static ProbeStyle DrawPlain(SeededRandom random, byte hops)
    {
        var key = (uint)random.Next();
        return random.Below(10) switch
        {
            < 5 => new(ScanTool.Plain, (byte)(64 - hops), 64240, TcpOptionSet.Linux, 0, key),
            < 8 => new(ScanTool.Plain, (byte)(128 - hops), 8192, TcpOptionSet.Windows, 0, key),
            _ => new(ScanTool.Plain, (byte)(64 - hops), Windows[random.Below(Windows.Length)], TcpOptionSet.Mss, 0, key),
        };
    }
}
