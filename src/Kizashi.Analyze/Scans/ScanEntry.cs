using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kizashi.Analyze.Scans;

/// <summary>
/// One event under observation, in one cache line for IPv4: a source, port and traffic type with its times, counts
/// and first destinations.
/// </summary>
/// <remarks>
/// Times are milliseconds since 1970 in 42 bits (until the year 2109). When a seventh destination comes, the event
/// gets a
/// <see cref="ScanTrack{TAddress}"/>, whose number then stands where the destinations stood.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct ScanEntry<TAddress>
    where TAddress : unmanaged
{
    public const ulong TimeMask = (1UL << 42) - 1;
    public const int MostInlinePackets = (1 << 22) - 1;

    public TAddress Source;
    public ushort Port;
    public byte Type;
    public byte State;
    public ulong FirstBits;
    public ulong LastBits;
    public ulong RunBits;
    public uint Packets;
    public uint DayPackets;
    public InlineAddresses<TAddress> Destinations;

    private const byte LiveBit = 0x80;
    private const byte TrackedBit = 0x40;
    private const byte CountMask = 0x07;
    private const int ToolShift = 42;
    private const ulong ToolMask = 0x3FFF;
    private const int RunStartShift = 56;

    public readonly bool IsLive => (State & LiveBit) != 0;

    public readonly bool IsTracked => (State & TrackedBit) != 0;

    public readonly long First => (long)(FirstBits & TimeMask);

    public readonly long Last => (long)(LastBits & TimeMask);

    public readonly long RunFirst => (long)(RunBits & TimeMask);

    public readonly uint RunPackets => (uint)(RunBits >> 42);

    /// <summary>Two bits for each tool: 0, 1, or at least 2 packets with its mark.</summary>
    public readonly ushort Tools => (ushort)((FirstBits >> ToolShift) & ToolMask);

    /// <summary>
    /// How many of the inline destinations belong to runs before the current one (see <see
    /// cref="ScanTrack{TAddress}"/>).
    /// </summary>
    public readonly int RunStart => (int)((FirstBits >> RunStartShift) & 7);

    public readonly int InlineCount => State & CountMask;

    public readonly byte TcpFlags => (byte)(LastBits >> 42);

    public readonly bool MixedFlags => ((LastBits >> 50) & 1) != 0;

    public readonly int Track
    {
        get
        {
            ref readonly var first = ref Destinations[0];
            return Unsafe.As<TAddress, int>(ref Unsafe.AsRef(in first));
        }
    }

    public void Begin(byte tcpFlags, long first, long last)
    {
        State = LiveBit;
        FirstBits = (ulong)first;
        RunBits = (ulong)first;
        LastBits = (ulong)last | ((ulong)tcpFlags << 42);
    }

    public void End() => State = 0;

    public void SetTrack(int track)
    {
        State = LiveBit | TrackedBit;
        Unsafe.As<TAddress, int>(ref Destinations[0]) = track;
    }

    public void SetInlineCount(int count) => State = (byte)((State & ~CountMask) | count);

    /// <summary>Widens the event's times, and its run's, to a row's.</summary>
    public void See(long first, long last)
    {
        var moved = last - Last;
        if (moved > 0)
            LastBits += (ulong)moved;

        if (first < First)
            FirstBits -= (ulong)(First - first);

        if (first < RunFirst)
            RunBits -= (ulong)(RunFirst - first);
    }

    /// <summary>
    /// Adds packets of an event without a track, which never has more than <see cref="MostInlinePackets"/>.
    /// </summary>
    public void CountInline(uint packets)
    {
        Packets += packets;
        RunBits += (ulong)packets << 42;
    }

    public void SetRun(long first, uint packets) => RunBits = (ulong)first | ((ulong)packets << 42);

    public void SetRunStart(int start) =>
        FirstBits = (FirstBits & ~(7UL << RunStartShift)) | ((ulong)start << RunStartShift);

    public void SetMixedFlags() => LastBits |= 1UL << 50;

    public void SetTools(ushort counts) =>
        FirstBits = (FirstBits & ~(ToolMask << ToolShift)) | ((ulong)counts << ToolShift);
}
