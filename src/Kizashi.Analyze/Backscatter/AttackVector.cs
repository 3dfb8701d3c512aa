using System.Runtime.InteropServices;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Backscatter;

/// <summary>
/// What is known of one possible attack: a victim and protocol since its first packet (corsaro3's attack vector).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AttackVector
{
    public UInt128 Victim;
    public DistinctSketch DarkAddresses;
    public DistinctSketch Ports;
    public PacketWindow Window;
    public long First;
    public long Last;
    public long Packets;
    public long Bytes;
    public long Mismatches;
    public long NextReportPackets;
    public long NextReportMillis;
    public ushort Port;
    public byte Protocol;
    public BackscatterReason Reasons;
    public bool IsLive;
    public bool IsReported;
    public bool IsDue;

    public void Add(in VictimRow row)
    {
        // The port of the earliest packet, whichever row comes first; the lower one when two come at once.
        if (Packets == 0 || row.First < First || (row.First == First && row.Port < Port))
            Port = row.Port;

        First = Packets == 0 ? row.First : Math.Min(First, row.First);
        Last = Math.Max(Last, row.Last);
        Packets += row.Packets;
        Bytes += (long)row.Bytes;
        Mismatches += row.Mismatches;
        Reasons |= row.Reasons;
        DarkAddresses = DarkAddresses.Merge(row.DarkAddresses);
        Ports = Ports.Merge(row.Ports);
        Window.Add(row.First, row.Packets);
    }

    public readonly bool IsAttack(VictimOptions options) =>
        Packets >= options.MinPackets
        && Window.Most >= options.MinPacketsPerMinute
        && Last - First >= 1000L * options.MinSeconds;
}
