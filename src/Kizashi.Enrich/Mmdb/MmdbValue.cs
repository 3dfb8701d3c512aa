namespace Kizashi.Enrich.Mmdb;

/// <summary>A value of a MaxMind DB's data section, as far as enrichment needs it.</summary>
internal sealed class MmdbValue
{
    /// <summary>Null unless a string.</summary>
    public string? Text { get; init; }

    /// <summary>Null unless an unsigned number of at most 64 bits.</summary>
    public ulong? Number { get; init; }

    /// <summary>Null unless a map.</summary>
    public Dictionary<string, MmdbValue>? Map { get; init; }

    public MmdbValue? this[string key] => Map?.GetValueOrDefault(key);

    public int? Small => Number is <= int.MaxValue ? (int)Number : null;
}
