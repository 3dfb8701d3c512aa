using System.Buffers.Binary;
using System.IO.Hashing;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Names the places of a unit's cuts.</summary>
/// <remarks>
/// Of a file a place is named by the content before it and by nothing after it. So a file that was read while it was still being written
/// gives the batches it gives when it is read whole. Bytes are hashed a second time only in units with cuts: one in many when traffic is
/// dense.
/// </remarks>
internal sealed class CutPlaces
{
    private readonly XxHash128 _hash = new();
    private long _sequence = -1;
    private int _hashed;

    /// <summary>The place before a frame of the unit; asked in the order of frames.</summary>
    public CutPlace Before(PacketUnit unit, int frame)
    {
        if (!unit.IsContent)
            return unit.End with { Position = frame };

        if (unit.Sequence != _sequence)
            Begin(unit);

        var offset = unit.Block.Offset[frame];
        _hash.Append(unit.Block.Data.AsSpan(_hashed, offset - _hashed));
        _hashed = offset;
        return new CutPlace(_hash.GetCurrentHashAsUInt128(), offset);
    }

    private void Begin(PacketUnit unit)
    {
        Span<byte> start = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(start, unit.Block.StartHash);
        _hash.Reset();
        _hash.Append(start);
        (_sequence, _hashed) = (unit.Sequence, 0);
    }
}
