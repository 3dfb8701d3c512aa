namespace Kizashi.Wire.Capture.Compression;

/// <summary>A canonical Huffman code (RFC 1951 section 3.2.2): a table for short codes, counting for the rare long ones.</summary>
internal sealed class HuffmanCode
{
    public const int LongestCode = 15;

    private const int TableBits = 10;

    private readonly ushort[] _table = new ushort[1 << TableBits];
    private readonly ushort[] _symbols = new ushort[288];
    private readonly ushort[] _count = new ushort[LongestCode + 1];

    /// <summary>Takes code lengths by symbol; false unless they make a complete code, or one of a single bit where that is allowed.</summary>
    public bool TryBuild(ReadOnlySpan<byte> lengths, bool mayBeIncomplete)
    {
        Array.Clear(_count);
        foreach (var length in lengths)
            _count[length]++;

        _count[0] = 0;
        var left = 1;
        var used = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - _count[length];
            used += _count[length];
            if (left < 0)
                return false;
        }

        // As zlib: no code at all, or one of one bit, is accepted for distances of blocks that have none or one.
        if (left > 0 && !(mayBeIncomplete && (used == 0 || (used == 1 && _count[1] == 1))))
            return false;

        Fill(lengths);
        return true;
    }

    /// <summary>Symbol (upper bits) and code length (lower four) of the next bits; 0 if the bits are no code.</summary>
    public int Find(ulong bits)
    {
        var entry = _table[(int)bits & ((1 << TableBits) - 1)];
        return entry != 0 ? entry : FindLong(bits);
    }

    private void Fill(ReadOnlySpan<byte> lengths)
    {
        Span<ushort> offset = stackalloc ushort[LongestCode + 2];
        Span<int> next = stackalloc int[LongestCode + 2];
        for (var length = 1; length <= LongestCode; length++)
        {
            offset[length + 1] = (ushort)(offset[length] + _count[length]);
            next[length + 1] = (next[length] + _count[length]) << 1;
        }

        Array.Clear(_table);
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;

            _symbols[offset[length]++] = (ushort)symbol;
            var code = next[length]++;
            if (length > TableBits)
                continue;

            var entry = (ushort)((symbol << 4) | length);
            for (var slot = Reverse(code, length); slot < _table.Length; slot += 1 << length)
                _table[slot] = entry;
        }
    }

    private int FindLong(ulong bits)
    {
        var code = 0;
        var first = 0;
        var index = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            code |= (int)bits & 1;
            bits >>= 1;
            int count = _count[length];
            if (code - count < first)
                return (_symbols[index + code - first] << 4) | length;

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        return 0;
    }

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
            reversed |= ((code >> i) & 1) << (length - 1 - i);

        return reversed;
    }
}
