namespace Kizashi.Wire.Capture.Compression;

/// <summary>The two Huffman codes of a deflate block (RFC 1951 sections 3.2.5 to 3.2.7).</summary>
internal sealed class DeflateCodes
{
    public const string CutShort = "the data ends in the middle";
    public const int LastLengthSymbol = 285;
    public const int LastDistanceSymbol = 29;

    private static readonly ushort[] LengthStart =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly byte[] LengthExtra =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly byte[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly HuffmanCode _lengthCode = new();
    private readonly byte[] _lengths = new byte[288 + 32];

    public HuffmanCode Literals { get; } = new();

    public HuffmanCode Distances { get; } = new();

    public static int Length(int symbol) => LengthStart[symbol - 257];

    public static int LengthBits(int symbol) => LengthExtra[symbol - 257];

    public static int DistanceBits(int symbol) => symbol < 4 ? 0 : (symbol >> 1) - 1;

    public static int Distance(int symbol) => symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << ((symbol >> 1) - 1)) + 1;

    /// <summary>The codes of section 3.2.6.</summary>
    public string? UseFixed()
    {
        _lengths.AsSpan(0, 144).Fill(8);
        _lengths.AsSpan(144, 112).Fill(9);
        _lengths.AsSpan(256, 24).Fill(7);
        _lengths.AsSpan(280, 8).Fill(8);
        _lengths.AsSpan(288, 32).Fill(5);
        Literals.TryBuild(_lengths.AsSpan(0, 288), mayBeIncomplete: false);
        Distances.TryBuild(_lengths.AsSpan(288, 32), mayBeIncomplete: false);
        return null;
    }

    /// <summary>Reads the codes of section 3.2.7; gives what is wrong with them, or null.</summary>
    public string? Load(BitInput input)
    {
        if (!input.TryTake(14, out var counts))
            return CutShort;

        var literals = (int)(counts & 31) + 257;
        var distances = (int)((counts >> 5) & 31) + 1;
        if (literals > 286 || distances > 30)
            return "a block with too many codes";

        var wrong = LoadLengthCode(input, (int)(counts >> 10) + 4) ?? LoadLengths(input, literals + distances);
        if (wrong is not null)
            return wrong;

        return _lengths[256] != 0
            && Literals.TryBuild(_lengths.AsSpan(0, literals), mayBeIncomplete: true)
            && Distances.TryBuild(_lengths.AsSpan(literals, distances), mayBeIncomplete: true)
            ? null
            : "a block whose codes contradict each other";
    }

    private string? LoadLengthCode(BitInput input, int count)
    {
        Span<byte> lengths = stackalloc byte[CodeLengthOrder.Length];
        lengths.Clear();
        for (var i = 0; i < count; i++)
        {
            if (!input.TryTake(3, out var length))
                return CutShort;

            lengths[CodeLengthOrder[i]] = (byte)length;
        }

        return _lengthCode.TryBuild(lengths, mayBeIncomplete: false) ? null : "a block whose code lengths contradict each other";
    }

    private string? LoadLengths(BitInput input, int count)
    {
        var done = 0;
        while (done < count)
        {
            input.Fill();
            var entry = _lengthCode.Find(input.Bits);
            var bits = entry & 15;
            if (bits == 0 || bits > input.Count)
                return CutShort;

            input.Drop(bits);
            var symbol = entry >> 4;
            if (symbol < 16)
            {
                _lengths[done++] = (byte)symbol;
                continue;
            }

            var (extraBits, least) = symbol switch { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
            if (!input.TryTake(extraBits, out var extra))
                return CutShort;

            var repeat = least + (int)extra;
            if (done + repeat > count || (symbol == 16 && done == 0))
                return "a block whose code lengths run over";

            _lengths.AsSpan(done, repeat).Fill(symbol == 16 ? _lengths[done - 1] : (byte)0);
            done += repeat;
        }

        return null;
    }
}
