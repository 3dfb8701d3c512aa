using System.Buffers.Binary;

namespace Kizashi.Wire.Capture.Compression;

/// <summary>Bits of a stream, least significant first (RFC 1951 section 3.1.1).</summary>
internal sealed class BitInput
{
    private readonly RawBytes _raw;
    private readonly byte[] _input = new byte[64 * 1024];
    private int _start;
    private int _end;
    private ulong _bits;
    private bool _ended;

    public BitInput(RawBytes raw) => _raw = raw;

    /// <summary>Bits that can be taken without <see cref="Fill"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The next bits; those beyond <see cref="Count"/> are 0 or true copies of what comes.</summary>
    public ulong Bits => _bits;

    /// <summary>Makes at least 56 bits available unless the input ends.</summary>
    public void Fill()
    {
        if (_end - _start >= 8)
        {
            _bits |= BinaryPrimitives.ReadUInt64LittleEndian(_input.AsSpan(_start)) << Count;
            _start += (63 - Count) >> 3;
            Count |= 56;
            return;
        }

        FillSlowly();
    }

    /// <summary>Takes bits off; the caller has seen that <see cref="Count"/> has them.</summary>
    public void Drop(int count)
    {
        _bits >>= count;
        Count -= count;
    }

    /// <summary>Takes up to 32 bits; false if the input ends before.</summary>
    public bool TryTake(int count, out uint value)
    {
        if (Count < count)
            Fill();

        value = (uint)(_bits & ((1UL << count) - 1));
        if (Count < count)
            return false;

        Drop(count);
        return true;
    }

    /// <summary>Goes on at the next whole byte.</summary>
    public void AlignToByte() => Drop(Count & 7);

    /// <summary>Copies whole bytes after <see cref="AlignToByte"/>; fewer than asked only if the input ends.</summary>
    public int CopyBytes(Span<byte> target)
    {
        var done = 0;
        while (done < target.Length && Count >= 8)
        {
            target[done++] = (byte)_bits;
            Drop(8);
        }

        if (done == target.Length)
            return done;

        // Copies of bytes beyond Count are of no use once bytes are taken past the bit buffer.
        _bits = 0;
        while (done < target.Length && Load())
        {
            var taken = Math.Min(target.Length - done, _end - _start);
            _input.AsSpan(_start, taken).CopyTo(target[done..]);
            _start += taken;
            done += taken;
        }

        return done;
    }

    private void FillSlowly()
    {
        _bits &= Count == 0 ? 0 : ulong.MaxValue >> (64 - Count);
        while (Count < 56 && Load())
        {
            _bits |= (ulong)_input[_start++] << Count;
            Count += 8;
        }
    }

    private bool Load()
    {
        if (_start < _end)
            return true;

        if (_ended)
            return false;

        _start = 0;
        _end = _raw.Read(_input);
        _ended = _end == 0;
        return !_ended;
    }
}
