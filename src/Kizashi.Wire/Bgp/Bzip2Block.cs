namespace Kizashi.Wire.Bgp;

/// <summary>One block of bzip2 data: Huffman codes, move to front, Burrows-Wheeler transform.</summary>
internal sealed class Bzip2Block
{
    private const int MostTables = 6;
    private const int MostCodeLength = 20;
    private const int GroupLength = 50;
    private const int MostSelectors = 18_002;
    private const int RunA = 0;
    private const int RunB = 1;

    private readonly uint[] _links = new uint[900_000];
    private readonly byte[] _symbols = new byte[256];
    private readonly byte[] _selectors = new byte[MostSelectors];
    private int _length;
    private int _given;
    private uint _place;

    public bool Next(out byte value)
    {
        value = 0;
        if (_given == _length)
            return false;

        var link = _links[_place];
        value = (byte)link;
        _place = link >> 8;
        _given++;
        return true;
    }

    /// <param name="bits">Right behind the block's mark.</param>
    /// <param name="level">1 to 9: the block holds 100,000 bytes times this at most.</param>
    public void Decode(Bzip2Bits bits, int level)
    {
        _ = bits.Read(32);
        if (bits.Read(1) != 0)
            throw new InvalidDataException("bzip2: randomized blocks are not read");

        var origin = bits.Read(24);
        var used = ReadSymbols(bits);
        var tableCount = bits.Read(3);
        var selectorCount = bits.Read(15);
        if (tableCount is < 2 or > MostTables || selectorCount == 0)
            throw new InvalidDataException("bzip2: a block without code tables");

        ReadSelectors(bits, selectorCount, tableCount);
        var tables = new Bzip2Code[tableCount];
        for (var i = 0; i < tableCount; i++)
            tables[i] = ReadCode(bits, used + 2);

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        _length = ReadText(bits, (tables, Math.Min(selectorCount, MostSelectors)), used, counts, level * 100_000);
        if (origin >= _length)
            throw new InvalidDataException("bzip2: the block's origin lies outside it");

        Link(counts, (uint)origin);
    }

    private int ReadSymbols(Bzip2Bits bits)
    {
        var used = 0;
        var ranges = bits.Read(16);
        for (var range = 0; range < 16; range++)
        {
            if ((ranges & (0x8000 >> range)) == 0)
                continue;

            var members = bits.Read(16);
            for (var member = 0; member < 16; member++)
            {
                if ((members & (0x8000 >> member)) != 0)
                    _symbols[used++] = (byte)((range * 16) + member);
            }
        }

        return used > 0 ? used : throw new InvalidDataException("bzip2: a block without symbols");
    }

    private void ReadSelectors(Bzip2Bits bits, int count, int tables)
    {
        Span<byte> order = [0, 1, 2, 3, 4, 5];
        for (var i = 0; i < count; i++)
        {
            var place = 0;
            while (bits.Read(1) == 1)
            {
                if (++place >= tables)
                    throw new InvalidDataException("bzip2: a selector of no table");
            }

            var table = order[place];
            order[..place].CopyTo(order[1..]);
            order[0] = table;
            // More selectors than a block can need are read and left.
            if (i < MostSelectors)
                _selectors[i] = table;
        }
    }

    private static Bzip2Code ReadCode(Bzip2Bits bits, int symbols)
    {
        Span<byte> lengths = stackalloc byte[258];
        var length = bits.Read(5);
        for (var symbol = 0; symbol < symbols; symbol++)
        {
            while (true)
            {
                if (length is < 1 or > MostCodeLength)
                    throw new InvalidDataException("bzip2: a code of impossible length");

                if (bits.Read(1) == 0)
                    break;

                length += bits.Read(1) == 0 ? 1 : -1;
            }

            lengths[symbol] = (byte)length;
        }

        return new Bzip2Code(lengths[..symbols]);
    }

    private int ReadText(Bzip2Bits bits, (Bzip2Code[] Tables, int Selectors) codes, int used, Span<int> counts, int most)
    {
        Span<byte> front = stackalloc byte[256];
        _symbols.AsSpan(0, used).CopyTo(front);
        var (length, group, left, run, runBit) = (0, -1, 0, 0, 1);
        while (true)
        {
            if (left == 0)
            {
                if (++group >= codes.Selectors)
                    throw new InvalidDataException("bzip2: a block with too few selectors");

                left = GroupLength;
            }

            left--;
            var symbol = codes.Tables[_selectors[group]].Read(bits);
            if (symbol is RunA or RunB)
            {
                // Runs of the first symbol in bijective base 2.
                if (runBit > most)
                    throw new InvalidDataException("bzip2: a run longer than the block");

                run += runBit << symbol;
                runBit <<= 1;
                continue;
            }

            if (run > 0)
            {
                if (run > most - length)
                    throw new InvalidDataException("bzip2: more bytes than the block holds");

                _links.AsSpan(length, run).Fill(front[0]);
                counts[front[0]] += run;
                length += run;
                (run, runBit) = (0, 1);
            }

            if (symbol == used + 1)
                return length;

            if (length == most)
                throw new InvalidDataException("bzip2: more bytes than the block holds");

            var value = front[symbol - 1];
            front[..(symbol - 1)].CopyTo(front[1..]);
            front[0] = value;
            counts[value]++;
            _links[length++] = value;
        }
    }

    // Each place learns, in its upper bits, which place follows it in the text.
    private void Link(Span<int> counts, uint origin)
    {
        var sum = 0;
        for (var value = 0; value < 256; value++)
        {
            var count = counts[value];
            counts[value] = sum;
            sum += count;
        }

        for (var i = 0; i < _length; i++)
            _links[counts[(byte)_links[i]]++] |= (uint)i << 8;

        _place = _links[origin] >> 8;
        _given = 0;
    }
}
