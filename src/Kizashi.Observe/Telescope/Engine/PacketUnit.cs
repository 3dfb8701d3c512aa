using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>A block of frames on its way: read in order, decoded and parted by any worker, taken up by each shard in order.</summary>
internal sealed class PacketUnit
{
    private PacketHeader[] _headers = GC.AllocateUninitializedArray<PacketHeader>(8192, pinned: true);

    public PacketUnit(int shards)
    {
        Parcels = new Parcel[shards];
        for (var shard = 0; shard < shards; shard++)
            Parcels[shard] = new Parcel();
    }

    public FrameBlock Block { get; } = new();

    public PacketHeader[] Headers => _headers;

    public Parcel[] Parcels { get; }

    public List<Segment> Segments { get; } = [];

    /// <summary>Order in the stream, from 0.</summary>
    public long Sequence { get; set; }

    /// <summary>Newest time before this unit, microseconds since 1970.</summary>
    public long NewestBefore { get; set; }

    /// <summary>Newest time after this unit: of its frames, or the clock's on a quiet wire.</summary>
    public long NewestAfter { get; set; }

    /// <summary>Watermark before this unit, microseconds since 1970.</summary>
    public long WatermarkBefore { get; set; }

    /// <summary>Watermark after the cut at the unit's end.</summary>
    public long WatermarkAfter { get; set; }

    /// <summary>What happens after the last frame.</summary>
    public CutKind EndCut { get; set; }

    /// <summary>Before this time analyzers have been told that nothing comes any more; over all files, microseconds since 1970.</summary>
    public long AnnouncedBefore { get; set; }

    /// <summary>The file before ended in this place, and this unit begins another; else null.</summary>
    public CutPlace? FileEnd { get; set; }

    /// <summary>The place at the unit's end, for batch ids.</summary>
    public CutPlace End { get; set; }

    /// <summary>Cuts inside the unit are named by the content before them; else by the unit and the frame.</summary>
    public bool IsContent { get; set; }

    /// <summary>Frames the kernel dropped while this unit was read.</summary>
    public long Dropped { get; set; }

    /// <summary>Shard owners that have yet to take the unit up.</summary>
    public int Waiting { get; set; }

    public void Prepare()
    {
        Segments.Clear();
        foreach (var parcel in Parcels)
            parcel.Clear(Block.Count);
    }

    /// <summary>Decodes all frames of the block into <see cref="Headers"/>.</summary>
    public void Decode(TunnelMode tunnels) => PacketDecoder.DecodeBlock(Block, ref _headers, tunnels);
}
