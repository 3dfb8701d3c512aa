namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Where a data page lies; parquet.thrift, struct PageLocation.</summary>
/// <param name="Offset">Of its header, in the file.</param>
/// <param name="Bytes">Header and values.</param>
/// <param name="FirstRow">Within the row group.</param>
internal readonly record struct PageLocation(long Offset, int Bytes, int FirstRow);
