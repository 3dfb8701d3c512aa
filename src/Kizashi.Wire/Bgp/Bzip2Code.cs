namespace Kizashi.Wire.Bgp;

/// <summary>A canonical Huffman code of at most 258 symbols and 20 bits.</summary>
internal sealed class Bzip2Code
{
    private const int MostLength = 20;

    private readonly int[] _limits = new int[MostLength + 1];
    private readonly int[] _bases = new int[MostLength + 1];
    private readonly ushort[] _symbols;

    public Bzip2Code(ReadOnlySpan<byte> lengths)
    {
        _symbols = new ushort[lengths.Length];
        var (code, place) = (0, 0);
        for (var length = 1; length <= MostLength; length++)
        {
            _bases[length] = place - code;
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] != length)
                    continue;

                _symbols[place++] = (ushort)symbol;
                code++;
            }

            _limits[length] = code;
            code <<= 1;
        }
    }

    public int Read(Bzip2Bits bits)
    {
        var code = 0;
        for (var length = 1; length <= MostLength; length++)
        {
            code = (code << 1) | bits.Read(1);
            if (code >= _limits[length])
                continue;

            var place = code + _bases[length];
            return place >= 0 && place < _symbols.Length
                ? _symbols[place]
                : throw new InvalidDataException("bzip2: a code that means nothing");
        }

        throw new InvalidDataException("bzip2: a code that means nothing");
    }
}
