using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Kizashi.Observe.Telescope.Responder;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>Frames from a network interface through libpcap; needs CAP_NET_RAW and nothing else.</summary>
public sealed unsafe partial class InterfaceSource : IFrameSource, IFrameSender
{
    private const int IdleMillis = 100;
    private const int MostFrames = 8192;
    private const uint NetmaskUnknown = 0xFFFFFFFF;

    private readonly Libpcap _pcap = Libpcap.Instance;
    private readonly LinkType _link;
    private readonly GCHandle _self;
    private nint _handle;
    private FrameBlock? _block;
    private int _filled;
    private long _position;
    private uint _lastDropped;
    private long _dropped;

    /// <param name="name">Interface such as eth0, or "any".</param>
    /// <param name="options">The defaults if absent.</param>
    /// <exception cref="InterfaceException">libpcap or the interface is missing, the right to capture is, or the filter is wrong; the message says which.</exception>
    public InterfaceSource(string name, InterfaceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new InterfaceOptions();
        Name = name;
        _handle = Create(name);
        try
        {
            Activate(options);
            if (!string.IsNullOrWhiteSpace(options.Filter))
                SetFilter(options.Filter);

            if (options.Sends)
                PrepareSending();
        }
        catch
        {
            Close();
            throw;
        }

        _link = (LinkType)_pcap.LinkTypeOf(_handle) switch
        {
            // DLT_RAW is 12 in memory on Linux and 101 in files.
            LinkType.RawBsd => LinkType.Raw,
            var other => other,
        };
        _self = GCHandle.Alloc(this);
    }

    public string Name { get; }

    public CaptureDamage? Damage { get; private set; }

    public double? Progress => null;

    /// <summary>Frames dropped by the kernel for want of room in the ring, and by the interface where it tells.</summary>
    public long Dropped
    {
        get
        {
            ReadStatistics();
            return Volatile.Read(ref _dropped);
        }
    }

    /// <summary>Waits at most 100 ms for frames. An interface that goes away ends the source with <see cref="Damage"/> set.</summary>
    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        (block.Count, block.Link, block.Position) = (0, _link, _position);
        (_block, _filled) = (block, 0);
        var frames = Dispatch();
        if (frames == 0 && WaitForFrames())
            frames = Dispatch();

        _block = null;
        if (frames < 0 && frames != Libpcap.Broken)
        {
            Damage = new CaptureDamage(Name, _position, Text(_pcap.Error(_handle)));
            return FrameSourceStatus.Damaged;
        }

        _position += block.Count;
        return block.Count > 0 ? FrameSourceStatus.Frames : FrameSourceStatus.Idle;
    }

    /// <summary>Puts a frame on the interface. Only a source made for it can (<see cref="InterfaceOptions.Sends"/>).</summary>
    public bool Send(ReadOnlySpan<byte> frame)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        fixed (byte* bytes = frame)
            return _pcap.Inject(_handle, bytes, (nuint)frame.Length) == frame.Length;
    }

    public void Dispose()
    {
        Close();
        if (_self.IsAllocated)
            _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFrame(nint self, PcapRecord* record, byte* bytes)
    {
        // Nothing here throws on bytes: libpcap hands out at most the snap length, and the block is given room first.
        var source = (InterfaceSource)GCHandle.FromIntPtr(self).Target!;
        source.Append(*record, bytes);
    }

    private static string Text(byte* bytes) => Marshal.PtrToStringUTF8((nint)bytes) ?? "";

    private int Dispatch() => _pcap.Dispatch(_handle, MostFrames, &OnFrame, GCHandle.ToIntPtr(_self));

    // libpcap's own wait has no end on a quiet wire with newer kernels, so the waiting is done here.
    private bool WaitForFrames()
    {
        var request = new PollRequest { File = _pcap.SelectableFile(_handle), Events = PollRequest.Readable };
        return PollRequest.Wait(new Span<PollRequest>(ref request), IdleMillis);
    }

    private void Append(PcapRecord record, byte* bytes)
    {
        var block = _block!;
        var length = (int)record.Captured;
        if (_filled + length > block.Data.Length)
            Enlarge(block, _filled + length);

        new ReadOnlySpan<byte>(bytes, length).CopyTo(block.Data.AsSpan(_filled));
        var index = block.Add();
        block.Offset[index] = _filled;
        block.CapturedLength[index] = length;
        block.WireLength[index] = (int)record.WireLength;
        block.TimeMicros[index] = (record.Seconds * 1_000_000) + record.Micros;
        _filled += length;

        // The block should stay in the L2 cache; what the ring still holds comes with the next read.
        if (_filled >= FrameBlock.DefaultBytes * 3 / 4)
            _pcap.BreakLoop(_handle);
    }

    private static void Enlarge(FrameBlock block, int bytes)
    {
        var larger = GC.AllocateUninitializedArray<byte>(Math.Max(bytes, block.Data.Length * 2), pinned: true);
        block.Data.CopyTo(larger, 0);
        block.Data = larger;
    }

    private nint Create(string name)
    {
        var error = stackalloc byte[Libpcap.ErrorBufferBytes];
        fixed (byte* device = Encoding.UTF8.GetBytes(name + '\0'))
        {
            var handle = _pcap.Create(device, error);
            return handle != 0 ? handle : throw new InterfaceException($"{name}: {Text(error)}");
        }
    }

    private void Activate(InterfaceOptions options)
    {
        _pcap.SetSnapLength(_handle, options.SnapLength);
        _pcap.SetPromiscuous(_handle, options.Promiscuous ? 1 : 0);
        _pcap.SetTimeout(_handle, IdleMillis);
        _pcap.SetBufferSize(_handle, options.BufferBytes);
        var result = _pcap.Activate(_handle);
        if (result >= 0)
        {
            var error = stackalloc byte[Libpcap.ErrorBufferBytes];
            _pcap.SetNonBlocking(_handle, 1, error);
            return;
        }

        throw new InterfaceException(result switch
        {
            Libpcap.NoSuchDevice => $"There is no interface {Name}; `ip link` lists them.",
            Libpcap.PermissionDenied or Libpcap.PromiscuousDenied =>
                $"Capturing on {Name} needs the capability CAP_NET_RAW: run as root, give the service AmbientCapabilities=CAP_NET_RAW, "
                + "or once `setcap cap_net_raw+ep` on the executable.",
            Libpcap.InterfaceNotUp => $"The interface {Name} is not up; `ip link set {Name} up` brings it up.",
            _ => $"{Name}: {Text(_pcap.Error(_handle))}",
        });
    }

    private void SetFilter(string filter)
    {
        BpfProgram program;
        fixed (byte* text = Encoding.UTF8.GetBytes(filter + '\0'))
        {
            if (_pcap.Compile(_handle, &program, text, 1, NetmaskUnknown) < 0)
                throw new InterfaceException($"The filter '{filter}' is wrong: {Text(_pcap.Error(_handle))}");
        }

        var result = _pcap.SetFilter(_handle, &program);
        _pcap.FreeCode(&program);
        if (result < 0)
            throw new InterfaceException($"The filter '{filter}' cannot be set on {Name}: {Text(_pcap.Error(_handle))}");
    }

    // What is sent must not come back as if it had been received.
    private void PrepareSending()
    {
        const int Incoming = 1;
        var link = _pcap.LinkTypeOf(_handle);
        if (link is not ((int)LinkType.Ethernet or (int)LinkType.RawBsd or (int)LinkType.Raw))
            throw new InterfaceException($"Answers cannot be sent on {Name}: only on Ethernet and on interfaces without a link layer.");

        if (_pcap.SetDirection(_handle, Incoming) < 0)
            throw new InterfaceException($"Answers cannot be sent on {Name}: {Text(_pcap.Error(_handle))}");
    }

    // The kernel's counters have 32 bits and wrap; differences do not.
    private void ReadStatistics()
    {
        PcapStatistics statistics;
        if (_handle == 0 || _pcap.Statistics(_handle, &statistics) < 0)
            return;

        var dropped = statistics.Dropped + statistics.InterfaceDropped;
        Interlocked.Add(ref _dropped, dropped - _lastDropped);
        _lastDropped = dropped;
    }

    private void Close()
    {
        if (_handle != 0)
            _pcap.Close(_handle);

        _handle = 0;
    }
}
