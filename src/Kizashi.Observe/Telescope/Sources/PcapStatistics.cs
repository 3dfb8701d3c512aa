using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>struct pcap_stat.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PcapStatistics
{
    public uint Received;
    public uint Dropped;
    public uint InterfaceDropped;
}
