using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>struct pcap_pkthdr on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PcapRecord
{
    public long Seconds;
    public long Micros;
    public uint Captured;
    public uint WireLength;
}
