using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>The functions of libpcap that live capture needs (pcap(3PCAP)), bound when first used.</summary>
/// <remarks>Called directly and not through SharpPcap, which makes objects for each packet; the block loop makes none.</remarks>
internal sealed unsafe class Libpcap
{
    public const int ErrorBufferBytes = 256;
    public const int Broken = -2;
    public const int PermissionDenied = -8;
    public const int NoSuchDevice = -5;
    public const int InterfaceNotUp = -9;
    public const int PromiscuousDenied = -11;

    private static readonly string[] Names = ["libpcap.so.0.8", "libpcap.so.1", "libpcap.so", "libpcap.dylib", "wpcap"];
    private static readonly Lazy<Libpcap> Loaded = new(() => new Libpcap());

    public readonly delegate* unmanaged<byte*, byte*, nint> Create;
    public readonly delegate* unmanaged<nint, int, int> SetSnapLength;
    public readonly delegate* unmanaged<nint, int, int> SetPromiscuous;
    public readonly delegate* unmanaged<nint, int, int> SetTimeout;
    public readonly delegate* unmanaged<nint, int, int> SetBufferSize;
    public readonly delegate* unmanaged<nint, int> Activate;
    public readonly delegate* unmanaged<nint, int> LinkTypeOf;
    public readonly delegate* unmanaged<nint, int, delegate* unmanaged[Cdecl]<nint, PcapRecord*, byte*, void>, nint, int> Dispatch;
    public readonly delegate* unmanaged<nint, int, byte*, int> SetNonBlocking;
    public readonly delegate* unmanaged<nint, int> SelectableFile;
    public readonly delegate* unmanaged<nint, void> BreakLoop;
    public readonly delegate* unmanaged<nint, PcapStatistics*, int> Statistics;
    public readonly delegate* unmanaged<nint, BpfProgram*, byte*, int, uint, int> Compile;
    public readonly delegate* unmanaged<nint, BpfProgram*, int> SetFilter;
    public readonly delegate* unmanaged<BpfProgram*, void> FreeCode;
    public readonly delegate* unmanaged<nint, int, int> SetDirection;
    public readonly delegate* unmanaged<nint, byte*, nuint, int> Inject;
    public readonly delegate* unmanaged<nint, byte*> Error;
    public readonly delegate* unmanaged<nint, void> Close;

    private Libpcap()
    {
        var library = Load();
        Create = (delegate* unmanaged<byte*, byte*, nint>)NativeLibrary.GetExport(library, "pcap_create");
        SetSnapLength = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "pcap_set_snaplen");
        SetPromiscuous = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "pcap_set_promisc");
        SetTimeout = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "pcap_set_timeout");
        SetBufferSize = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "pcap_set_buffer_size");
        Activate = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "pcap_activate");
        LinkTypeOf = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "pcap_datalink");
        Dispatch = (delegate* unmanaged<nint, int, delegate* unmanaged[Cdecl]<nint, PcapRecord*, byte*, void>, nint, int>)
            NativeLibrary.GetExport(library, "pcap_dispatch");
        SetNonBlocking = (delegate* unmanaged<nint, int, byte*, int>)NativeLibrary.GetExport(library, "pcap_setnonblock");
        SelectableFile = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "pcap_get_selectable_fd");
        BreakLoop = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "pcap_breakloop");
        Statistics = (delegate* unmanaged<nint, PcapStatistics*, int>)NativeLibrary.GetExport(library, "pcap_stats");
        Compile = (delegate* unmanaged<nint, BpfProgram*, byte*, int, uint, int>)NativeLibrary.GetExport(library, "pcap_compile");
        SetFilter = (delegate* unmanaged<nint, BpfProgram*, int>)NativeLibrary.GetExport(library, "pcap_setfilter");
        FreeCode = (delegate* unmanaged<BpfProgram*, void>)NativeLibrary.GetExport(library, "pcap_freecode");
        SetDirection = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "pcap_setdirection");
        Inject = (delegate* unmanaged<nint, byte*, nuint, int>)NativeLibrary.GetExport(library, "pcap_inject");
        Error = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "pcap_geterr");
        Close = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "pcap_close");
    }

    /// <exception cref="InterfaceException">libpcap is not installed.</exception>
    public static Libpcap Instance => Loaded.Value;

    [SuppressMessage("Security", "CA5392", Justification = "Loaded by name from the system's library path on purpose.")]
    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        }

        throw new InterfaceException("Live capture needs libpcap, which is not installed; on Debian or Ubuntu: apt-get install libpcap0.8");
    }
}
