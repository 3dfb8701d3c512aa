using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>How the fields of a FlowTuple lie in 64-bit words; one place for both address families.</summary>
internal static class FlowWords
{
    /// <summary>2^64 divided by the golden ratio, an odd multiplier that spreads bits (Knuth, TAOCP 3, 6.4).</summary>
    public const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>The bits of the kind that tell rows apart: all but unicornscan's mark, which is learnt after the row was begun.</summary>
    public const ulong KeyBits = ~((ulong)PacketMarks.Unicornscan << 32);

    /// <summary>No packets, so that the next one sets both the first and the last time.</summary>
    public const ulong Cleared = 0xFFFFUL << 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PortsWord(ushort sourcePort, ushort destinationPort, ushort length, ushort synWindow) =>
        ((ulong)(((uint)sourcePort << 16) | destinationPort) << 32) | ((uint)length << 16) | synWindow;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong KindWord(uint marks, byte protocol, byte ttl, byte flags, byte synLength) =>
        ((ulong)marks << 32) | ((uint)protocol << 24) | ((uint)ttl << 16) | ((uint)flags << 8) | synLength;

    /// <summary>The last word of an arrival.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ArrivalWord(int frame, uint millis, int lane, ArrivalFlags flags) =>
        (uint)frame | ((ulong)millis << 32) | ((ulong)(uint)lane << 48) | ((ulong)flags << 56);

    public static ushort SourcePort(ulong ports) => (ushort)(ports >> 48);

    public static ushort DestinationPort(ulong ports) => (ushort)(ports >> 32);

    public static ushort Length(ulong ports) => (ushort)(ports >> 16);

    public static ushort SynWindow(ulong ports) => (ushort)ports;

    public static PacketMarks Marks(ulong kind) => (PacketMarks)(ushort)(kind >> 32);

    public static byte Protocol(ulong kind) => (byte)(kind >> 24);

    public static byte Ttl(ulong kind) => (byte)(kind >> 16);

    public static byte TcpFlags(ulong kind) => (byte)(kind >> 8);

    public static byte SynLength(ulong kind) => (byte)kind;

    public static ulong MarkBits(PacketMarks marks) => (ulong)marks << 32;

    /// <summary>One packet whose first and last time are the arrival's milliseconds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Begin(ulong arrival)
    {
        var millis = (arrival >> 32) & 0xFFFF;
        return 1 | (millis << 32) | (millis << 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong counts, ushort millis)
    {
        counts++;
        if (millis >= (ushort)(counts >> 48))
            counts = (counts & 0x0000_FFFF_FFFF_FFFF) | ((ulong)millis << 48);

        if (millis < (ushort)(counts >> 32))
            counts = (counts & 0xFFFF_0000_FFFF_FFFF) | ((ulong)millis << 32);

        return counts;
    }

    /// <summary>Folded 128-bit product; with a secret seed nobody can choose keys that collide (as wyhash does).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
