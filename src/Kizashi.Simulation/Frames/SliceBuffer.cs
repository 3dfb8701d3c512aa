using Kizashi.Wire.Capture;

namespace Kizashi.Simulation.Frames;

/// <summary>The frames of one slice of time, written in any order and read in the order of time.</summary>
internal sealed class SliceBuffer(LinkType link) : PacketSlice
{
    private readonly int _linkLength = link == LinkType.Ethernet ? 14 : 0;
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(1 << 20);
    private int[] _offsets = new int[16_384];
    private ulong[] _keys = new ulong[16_384];
    private readonly TimeOrder _order = new();
    private int _used;

    public LinkType Link => link;

    public override void Clear(long from, long to)
    {
        base.Clear(from, to);
        _used = 0;
        _offsets[0] = 0;
    }

    public override void AddTcp(in Packet packet) => PacketBytes.WriteTcp(this, packet);

    public override void AddUdp(in Packet packet, ReadOnlySpan<byte> payload) => PacketBytes.WriteUdp(this, packet, payload);

    public override void AddEcho(in Packet packet) => PacketBytes.WriteEcho(this, packet);

    public override void AddError(in Packet packet, in Packet quoted) => PacketBytes.WriteError(this, packet, quoted);

    /// <summary>Room for an IP packet at a time inside the slice; the caller fills all of it.</summary>
    public Span<byte> Add(long time, int length, bool v6)
    {
        if (_used + _linkLength + length > _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);

        if (Count + 1 >= _offsets.Length)
        {
            Array.Resize(ref _offsets, _offsets.Length * 2);
            Array.Resize(ref _keys, _keys.Length * 2);
        }

        if (_linkLength != 0)
            WriteEthernet(_bytes.AsSpan(_used, _linkLength), v6);

        var ip = _bytes.AsSpan(_used + _linkLength, length);
        _keys[Count] = ((ulong)(time - From) << 32) | (uint)Count;
        _used += _linkLength + length;
        _offsets[++Count] = _used;
        return ip;
    }

    public void Sort() => _order.Sort(ref _keys, Count, To - From);

    public long TimeAt(int rank) => From + (long)(_keys[rank] >> 32);

    public ReadOnlySpan<byte> FrameAt(int rank)
    {
        var index = (int)(uint)_keys[rank];
        return _bytes.AsSpan(_offsets[index], _offsets[index + 1] - _offsets[index]);
    }

    // Locally administered addresses of an invented router and sensor.
    private static void WriteEthernet(Span<byte> header, bool v6)
    {
        ReadOnlySpan<byte> v4Header = [0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x08, 0x00];
        ReadOnlySpan<byte> v6Header = [0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x86, 0xDD];
        (v6 ? v6Header : v4Header).CopyTo(header);
    }
}
