using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Cooperation;

/// <summary>What the packets of one program look like: fingerprint, initial TTL, and window and options of a SYN or length of a datagram.</summary>
/// <param name="Value">
/// Bits 0-15 window or length, 16-19 SYN header length in words, 20-21 class of the TTL, 22-25 tool: 0 none, else 1 +
/// its number in <see cref="ToolNames"/>.
/// </param>
internal readonly record struct PacketShape(uint Value)
{
    private const int ToolShift = 22;
    private const PacketMarks Worms = PacketMarks.Mirai | PacketMarks.Hajime;

    private static readonly int MiraiTool = BitOperations.TrailingZeroCount((uint)PacketMarks.Mirai);
    private static readonly int HajimeTool = BitOperations.TrailingZeroCount((uint)PacketMarks.Hajime);

    /// <summary>0 for none, else 1 + the number of the tool.</summary>
    public int Tool => (int)(Value >> ToolShift);

    /// <summary>Does it have the fingerprint of a tool that surveys use, and worms seldom?</summary>
    public bool IsSurvey => Tool is var tool && tool != 0 && tool != MiraiTool && tool != HajimeTool;

    /// <summary>The shape that stands for all packets with this fingerprint or without any.</summary>
    public PacketShape ToolOnly => new(Value & (15u << ToolShift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PacketShape Of(PacketMarks marks, byte protocol, byte ttl, (ushort Length, ushort SynLength, ushort SynWindow) packet)
    {
        // Initial values are 32, 64, 128 and 255, and few paths are longer than 32 hops.
        var shape = ttl <= 32 ? 0u : ttl <= 64 ? 1u << 20 : ttl <= 128 ? 2u << 20 : 3u << 20;
        if ((marks & ToolNames.Marks) != 0)
        {
            var worm = marks & Worms;
            var tool = BitOperations.TrailingZeroCount((uint)(worm != 0 ? worm : marks & ToolNames.Marks)) - 1;
            shape |= (uint)(tool + 1) << ToolShift;
        }

        if (protocol != 6)
            return new PacketShape(shape | packet.Length);

        // Mirai's bots each keep a window of their own, so one window shared by many is another program.
        return new PacketShape(shape | ((uint)((packet.SynLength >> 2) & 15) << 16) | packet.SynWindow);
    }

    /// <summary>Such as "syn ttl&lt;=64 options 20 window 14600" or "length 56 ttl&lt;=128".</summary>
    public string ToText(byte protocol)
    {
        var ttl = ((Value >> 20) & 3) switch
        {
            0 => 32,
            1 => 64,
            2 => 128,
            _ => 255,
        };
        if (protocol != 6)
            return string.Create(CultureInfo.InvariantCulture, $"length {(ushort)Value} ttl<={ttl}");

        var options = Math.Max(0, (4 * (int)((Value >> 16) & 15)) - 20);
        var window = (ushort)Value == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" window {(ushort)Value}");
        return string.Create(CultureInfo.InvariantCulture, $"syn ttl<={ttl} options {options}{window}");
    }
}
