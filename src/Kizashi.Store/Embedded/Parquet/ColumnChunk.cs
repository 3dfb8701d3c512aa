namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Where the values of one column in one row group are.</summary>
internal sealed record ColumnChunk(
    long DictionaryOffset, long DataOffset, long Size, bool HasDictionary, ulong Minimum, ulong Maximum,
    PageLocation[] Pages)
{
    /// <summary>Of its offset index, once that is written.</summary>
    public long IndexOffset { get; set; }

    public int IndexBytes { get; set; }
}
