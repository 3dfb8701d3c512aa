namespace Kizashi.Observe.Telescope.Engine;

/// <summary>What was counted of the frames of a segment.</summary>
internal struct SegmentCounts
{
    public long Packets;

    public long Bytes;

    public long Malformed;

    public long NotIp;

    public long NotDark;

    public long Late;

    public long Misdated;

    public void Add(in SegmentCounts other)
    {
        Packets += other.Packets;
        Bytes += other.Bytes;
        Malformed += other.Malformed;
        NotIp += other.NotIp;
        NotDark += other.NotDark;
        Late += other.Late;
        Misdated += other.Misdated;
    }
}
