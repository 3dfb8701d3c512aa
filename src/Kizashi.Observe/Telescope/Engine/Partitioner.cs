using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope.Rules;
using Kizashi.Observe.Telescope.Tables;
using Kizashi.Wire;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Judges each decoded packet by itself and deals it to the shard of its source, and backscatter to the shard of its victim.</summary>
/// <remarks>Pointers stay inside the unit's block: offsets are the decoder's, and every read is checked against the captured length.</remarks>
internal sealed unsafe class Partitioner
{
    private readonly int _shards;
    private readonly SlotClock _clock;
    private readonly DarkMap _dark;
    private readonly CutPlaces _places = new();
    private long _newest;
    private long _nextCut;
    private long _taken;
    private long _low;
    private long _announced;
    private SegmentCounts _counts;

    public Partitioner(int shards, SlotClock clock, DarkMap dark)
    {
        (_shards, _clock, _dark) = (shards, clock, dark);
    }

    public WorkerTally Tally { get; } = new();

    public void Partition(PacketUnit unit)
    {
        unit.Prepare();
        (_newest, _taken, _counts) = (unit.NewestBefore, unit.WatermarkBefore, default);
        (_low, _announced) = (_clock.SlotWatermark(_newest), unit.AnnouncedBefore);
        _nextCut = _clock.NextCut(_newest);
        if (unit.FileEnd is { } place)
            EndSegment(unit, place, CutKind.File, 0);

        // Without a watermark any time will do, but not that of a misdated frame.
        _taken = _taken == 0 ? JumpGuard.Misdated + 1 : _taken;
        PartitionFrames(unit);
        EndSegment(unit, unit.End, unit.EndCut, unit.WatermarkAfter);
    }

    // The hot loop: one pass, 6 to 9 ns a packet; the parts that most packets need are inlined by hand or attribute.
    private void PartitionFrames(PacketUnit unit)
    {
        var block = unit.Block;
        var (times, wire, laneMask) = (block.TimeMicros, block.WireLength, _clock.Lanes - 1);
        var (slotStart, lane) = (long.MinValue, 0);
        var firstFrame = 0;
        ref var headers = ref unit.Headers[0];
        fixed (byte* data = block.Data)
        {
            for (var frame = 0; frame < block.Count; frame++)
            {
                var time = Math.Clamp(times[frame], 0, SlotClock.LatestMicros);
                if (time > _newest)
                {
                    _newest = time;
                    if (time >= _nextCut)
                    {
                        EndFrames(ref firstFrame, frame);
                        Cut(unit, frame);
                    }
                }

                _counts.Bytes += wire[frame];
                ref readonly var header = ref Unsafe.Add(ref headers, frame);
                if (header.Status != DecodeStatus.Ok && !CountUndecoded(header))
                    continue;

                var within = time - slotStart;
                if ((ulong)within >= SlotClock.SlotMicros)
                {
                    slotStart = SlotClock.Floor(time);
                    within = time - slotStart;
                    lane = (int)(slotStart / SlotClock.SlotMicros) & laneMask;
                }

                var place = new Place(frame, (uint)within / 1000, lane, times[frame] >= _taken);
                if ((header.Traits & PacketTraits.V6) == 0)
                    Deal4(unit, header, data + header.IpOffset, place);
                else
                    Deal6(unit, header, data + header.IpOffset, place);
            }
        }

        EndFrames(ref firstFrame, block.Count);
    }

    private void EndFrames(ref int first, int end)
    {
        _counts.Packets += end - first;
        first = end;
    }

    /// <summary>Counts what could not be decoded; true when the IP header is whole and the packet can be observed by it.</summary>
    /// <remarks>Real Mirai probes announce a TCP header longer than the packet: malformed, and yet to be seen.</remarks>
    private bool CountUndecoded(in PacketHeader header)
    {
        Tally.Statuses[(int)header.Status & 15]++;
        if (header.Status == DecodeStatus.NotIp)
        {
            _counts.NotIp++;
            return false;
        }

        _counts.Malformed++;
        return header.IpOffset >= 0 && header.TransportOffset != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CountPort(PortCounts ports, in PacketHeader header)
    {
        if ((header.Traits & PacketTraits.LaterFragment) == 0)
            ports.Count(header.DestinationPort);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deal4(PacketUnit unit, in PacketHeader header, byte* ip, Place place)
    {
        var (flags, marks, reason, syn) = (ArrivalFlags.Subject, PacketMarks.None, BackscatterReason.None, false);
        Tally.Protocols[header.Protocol]++;
        if (header.Protocol == IpProtocol.Tcp)
        {
            CountPort(Tally.TcpPorts, header);
            syn = (header.TcpFlags & TcpBits.Opening) == TcpBits.Syn;
            if (syn)
                marks = ToolFingerprints.OfSyn4(header, ip);
        }
        else
        {
            if (header.Protocol == IpProtocol.Udp)
                CountPort(Tally.UdpPorts, header);

            marks = ToolFingerprints.OfDatagram4(header);
        }

        if (!syn)
        {
            reason = BackscatterKind.Of(header);
            if (reason != BackscatterReason.None)
                (marks, flags) = (marks | PacketMarks.Backscatter, ArrivalFlags.None);
        }

        Tally.ToolSets[(int)(marks & ToolCounts.All) >> ToolCounts.FirstTool]++;
        var spoofed = SpoofFilter.IsSpoofed4(header, (ip[6] & 0x80) != 0, marks);
        marks |= (PacketMarks)(Unsafe.BitCast<bool, byte>(spoofed) * (uint)PacketMarks.Spoofed);

        if ((header.Traits & PacketTraits.Fragment) != 0)
            marks |= PacketMarks.Fragment;

        if (_dark.Contains(header.Destination))
            flags |= Take(unit, place);
        else
            _counts.NotDark++;

        var parcel = unit.Parcels[AddressHash.Shard(header.Source, _shards)];
        var index = parcel.V4.Count++;
        var probe = syn & ((marks & ~PacketMarks.Spoofed) == 0);
        flags |= (ArrivalFlags)(Unsafe.BitCast<bool, byte>(probe) * (int)ArrivalFlags.Probe);
        parcel.Keys.First[index] = ToolFingerprints.UnicornscanKey(header);

        parcel.V4.First[index] = FlowRow4.Arrival(
            header.Source,
            header.Destination,
            FlowWords.PortsWord(header.SourcePort, header.DestinationPort, header.Length, syn ? header.Window : (ushort)0),
            FlowWords.KindWord((uint)marks, header.Protocol, header.Ttl, header.TcpFlags, syn ? header.TcpHeaderLength : (byte)0),
            FlowWords.ArrivalWord(place.Frame, place.Millis, place.Lane, flags));

        if (reason != BackscatterReason.None && (flags & ArrivalFlags.Aggregate) != 0)
            DealBackscatter4(unit, header, ip, place, reason);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ArrivalFlags Take(PacketUnit unit, Place place)
    {
        if (place.InTime)
            return ArrivalFlags.Aggregate;

        if (unit.Block.TimeMicros[place.Frame] == JumpGuard.Misdated)
            _counts.Misdated++;
        else
            _counts.Late++;

        return ArrivalFlags.None;
    }

    private void DealBackscatter4(PacketUnit unit, in PacketHeader header, byte* ip, Place place, BackscatterReason reason)
    {
        var victim = new Victim(header.Source, header.Protocol, header.Protocol == IpProtocol.Tcp ? header.SourcePort : (ushort)0, false);
        if (reason == BackscatterReason.IcmpError)
        {
            if (IcmpQuote.Decode(Icmp(header, ip), v6: false, out var quoted) != DecodeStatus.Ok)
                return;

            victim = new Victim(quoted.Destination, quoted.Protocol, PortOf(quoted), quoted.Source != header.Destination);
        }

        var row = new BackscatterRow<uint> { Victim = (uint)victim.Address };
        Fill(ref row, header, victim, place, reason);
        row.DarkAddresses = new DistinctSketch(AddressHash.Of(header.Destination), 0);
        unit.Parcels[AddressHash.Shard(row.Victim, _shards)].Backscatter4.Add(row);
    }

    private void Deal6(PacketUnit unit, in PacketHeader header, byte* ip, Place place)
    {
        var source = BinaryPrimitives.ReadUInt128BigEndian(new ReadOnlySpan<byte>(ip + 8, 16));
        var destination = BinaryPrimitives.ReadUInt128BigEndian(new ReadOnlySpan<byte>(ip + 24, 16));
        var tcp = header.Protocol == IpProtocol.Tcp;
        Tally.Protocols[header.Protocol]++;
        if (tcp)
            CountPort(Tally.TcpPorts, header);
        else if (header.Protocol == IpProtocol.Udp)
            CountPort(Tally.UdpPorts, header);

        var syn = tcp && (header.TcpFlags & TcpBits.Opening) == TcpBits.Syn;
        var marks = syn ? ToolFingerprints.OfSyn(header, ip) : PacketMarks.None;
        if (marks != PacketMarks.None)
            Tally.ToolSets[(int)marks >> ToolCounts.FirstTool]++;

        var reason = BackscatterKind.Of(header);
        var flags = reason == BackscatterReason.None ? ArrivalFlags.Subject : ArrivalFlags.None;
        marks |= reason == BackscatterReason.None ? PacketMarks.None : PacketMarks.Backscatter;
        marks |= SpoofFilter.IsSpoofed6(header, source == destination, marks) ? PacketMarks.Spoofed : PacketMarks.None;
        marks |= (header.Traits & PacketTraits.Fragment) != 0 ? PacketMarks.Fragment : PacketMarks.None;
        if (_dark.Contains(destination))
            flags |= Take(unit, place);
        else
            _counts.NotDark++;

        unit.Parcels[AddressHash.Shard(source, _shards)].V6.Add(FlowRow6.Arrival(
            source,
            destination,
            FlowWords.PortsWord(header.SourcePort, header.DestinationPort, header.Length, syn ? header.Window : (ushort)0),
            FlowWords.KindWord((uint)marks, header.Protocol, header.Ttl, header.TcpFlags, syn ? header.TcpHeaderLength : (byte)0),
            FlowWords.ArrivalWord(place.Frame, place.Millis, place.Lane, flags)));

        if (reason != BackscatterReason.None && (flags & ArrivalFlags.Aggregate) != 0)
            DealBackscatter6(unit, header, ip, place, reason);
    }

    private void DealBackscatter6(PacketUnit unit, in PacketHeader header, byte* ip, Place place, BackscatterReason reason)
    {
        var source = BinaryPrimitives.ReadUInt128BigEndian(new ReadOnlySpan<byte>(ip + 8, 16));
        var destination = BinaryPrimitives.ReadUInt128BigEndian(new ReadOnlySpan<byte>(ip + 24, 16));
        var victim = new Victim(source, header.Protocol, header.Protocol == IpProtocol.Tcp ? header.SourcePort : (ushort)0, false);
        if (reason == BackscatterReason.IcmpError)
        {
            if (IcmpQuote.Decode(Icmp(header, ip), v6: true, out var quoted) != DecodeStatus.Ok)
                return;

            victim = new Victim(quoted.Destination, quoted.Protocol, PortOf(quoted), quoted.Source != destination);
        }

        var row = new BackscatterRow<UInt128> { Victim = victim.Address };
        Fill(ref row, header, victim, place, reason);
        row.DarkAddresses = new DistinctSketch(AddressHash.Of(destination), 0);
        unit.Parcels[AddressHash.Shard(row.Victim, _shards)].Backscatter6.Add(row);
    }

    private static void Fill<TAddress>(
        ref BackscatterRow<TAddress> row, in PacketHeader header, Victim victim, Place place, BackscatterReason reason)
        where TAddress : unmanaged, IEquatable<TAddress>
    {
        row.Protocol = victim.Protocol;
        row.Port = victim.Port;
        row.Reasons = reason;
        row.Bytes = header.Length;
        row.VictimPorts = new DistinctSketch(AddressHash.Mix(victim.Port), 0);
        var flags = ArrivalFlags.Aggregate | ArrivalFlags.Subject | (victim.Mismatch ? ArrivalFlags.Mismatch : 0);
        row.Arrive(FlowWords.ArrivalWord(place.Frame, place.Millis, place.Lane, flags));
    }

    private static ReadOnlySpan<byte> Icmp(in PacketHeader header, byte* ip) =>
        header.TransportOffset < header.Captured
            ? new ReadOnlySpan<byte>(ip + header.TransportOffset, header.Captured - header.TransportOffset)
            : [];

    /// <summary>The attacked port; an ICMP type or code is none.</summary>
    private static ushort PortOf(in QuotedPacket quoted) =>
        quoted.HasPorts && quoted.Protocol is not (IpProtocol.Icmp or IpProtocol.IcmpV6) ? quoted.DestinationPort : (ushort)0;

    private void Cut(PacketUnit unit, int frame)
    {
        var watermark = Math.Max(_taken, _clock.SlotWatermark(_newest));
        EndSegment(unit, _places.Before(unit, frame), CutKind.Slots, watermark);
        (_taken, _low) = (watermark, watermark);
        _nextCut = _clock.NextCut(_newest);
    }

    private void EndSegment(PacketUnit unit, CutPlace place, CutKind kind, long watermark)
    {
        _announced = Math.Max(_announced, watermark);
        unit.Segments.Add(new Segment
        {
            LowSlot = SlotClock.Floor(_low) / SlotClock.SlotMicros,
            Place = place,
            Cut = kind,
            Watermark = watermark,
            Announced = _announced,
            Counts = _counts,
        });
        foreach (var parcel in unit.Parcels)
            parcel.EndSegment();

        Tally.Counts.Add(_counts);
        _counts = default;
    }

    /// <summary>Where and when a packet stands.</summary>
    private readonly record struct Place(int Frame, uint Millis, int Lane, bool InTime);

    /// <summary>Whom an answer tells of.</summary>
    private readonly record struct Victim(UInt128 Address, byte Protocol, ushort Port, bool Mismatch);
}
