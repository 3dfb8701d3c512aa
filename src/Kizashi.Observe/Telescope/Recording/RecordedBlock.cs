using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Recording;

/// <summary>A copy of a block of frames on its way to the disk.</summary>
internal sealed class RecordedBlock
{
    private byte[] _data = new byte[FrameBlock.DefaultBytes];
    private int[] _offsets = [];
    private int[] _captured = [];
    private int[] _wire = [];
    private long[] _times = [];

    public int Count { get; private set; }

    public LinkType Link { get; private set; }

    public void CopyFrom(FrameBlock block)
    {
        (Count, Link) = (block.Count, block.Link);
        if (_data.Length < block.Data.Length)
            _data = new byte[block.Data.Length];

        if (_offsets.Length < block.Count)
        {
            (_offsets, _captured) = (new int[block.Count], new int[block.Count]);
            (_wire, _times) = (new int[block.Count], new long[block.Count]);
        }

        block.Data.CopyTo(_data, 0);
        block.Offset.AsSpan(0, Count).CopyTo(_offsets);
        block.CapturedLength.AsSpan(0, Count).CopyTo(_captured);
        block.WireLength.AsSpan(0, Count).CopyTo(_wire);
        block.TimeMicros.AsSpan(0, Count).CopyTo(_times);
    }

    public long Time(int frame) => Math.Clamp(_times[frame], 0, uint.MaxValue * 1_000_000L);

    public ReadOnlySpan<byte> Frame(int frame) => _data.AsSpan(_offsets[frame], _captured[frame]);

    public int WireLength(int frame) => _wire[frame];
}
