namespace Kizashi.Enrich.Ranges;

/// <summary>Collects prefixes of both families.</summary>
internal sealed class PrefixTableBuilder
{
    /// <summary>Prefixes taken at most; the whole Internet has about one and a half million, the finest location tables ten.</summary>
    public const int MostPrefixes = 32_000_000;

    private readonly RangeTableBuilder<uint> _v4 = new();
    private readonly RangeTableBuilder<UInt128> _v6 = new();

    public int Count => _v4.Count + _v6.Count;

    /// <summary>False when there are too many.</summary>
    public bool Add(bool v6, UInt128 network, int length, ulong value)
    {
        if (Count >= MostPrefixes)
            return false;

        if (v6)
            _v6.Add(network, length, value);
        else
            _v4.Add((uint)network, length, value);

        return true;
    }

    public PrefixTable Build() => new(_v4.Build(), _v6.Build());
}
