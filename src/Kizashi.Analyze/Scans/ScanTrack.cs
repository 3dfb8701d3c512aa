using System.Runtime.InteropServices;
using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Scans;

/// <summary>
/// What an event of more than a few destinations needs beyond its <see cref="ScanEntry{TAddress}"/>: wide counts,
/// exact sets, what was reported.
/// </summary>
/// <remarks>
/// A run is a part of the event without a silence longer than Durumeric's bound. While there has been none, run and
/// event have the same destinations and <see cref="Run"/> stays empty. What each packet touches stands in the first
/// cache line.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 192)]
internal struct ScanTrack<TAddress>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    public AddressSet<TAddress> Destinations;
    public long Packets;
    public long RunPackets;
    public long NextReportPackets;
    public long NextReportMillis;
    public int BatchOrdinal;
    public TrackFlags Flags;
    public AddressSet<TAddress> Run;
    public int Entry;
    public int BatchCount;
    public BatchTrail Batches;

    public readonly bool Is(TrackFlags flag) => (Flags & flag) != 0;

    public void Set(TrackFlags flag, bool value) => Flags = value ? Flags | flag : Flags & ~flag;

    public readonly void Save(StateWriter writer)
    {
        writer.Write(Packets);
        writer.Write(RunPackets);
        writer.Write(NextReportPackets);
        writer.Write(NextReportMillis);
        writer.Write(BatchCount);
        writer.Write(Flags);
        writer.WriteBytes(
            MemoryMarshal.AsBytes(((ReadOnlySpan<UInt128>)Batches)[..Math.Min(BatchCount, BatchTrail.Capacity)]));
        Destinations.Save(writer);
        Run.Save(writer);
    }

    public void Load(StateReader reader, SetArena arena, DarkIndex? universe)
    {
        Packets = reader.Read<long>();
        RunPackets = reader.Read<long>();
        NextReportPackets = reader.Read<long>();
        NextReportMillis = reader.Read<long>();
        BatchCount = reader.ReadCount(int.MaxValue);
        Flags = reader.Read<TrackFlags>();
        reader.ReadBytes(MemoryMarshal.AsBytes(((Span<UInt128>)Batches)[..Math.Min(BatchCount, BatchTrail.Capacity)]));
        Destinations = AddressSet<TAddress>.Load(reader, arena, universe);
        Run = AddressSet<TAddress>.Load(reader, arena, universe);
    }
}
