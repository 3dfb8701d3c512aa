namespace Kizashi.Store.Embedded.Parquet;

/// <summary>A required column of unsigned integers.</summary>
/// <param name="Name">Name.</param>
/// <param name="Bits">8, 16 or 32, stored as INT32, or 64, stored as INT64.</param>
internal sealed record ParquetColumn(string Name, int Bits)
{
    /// <summary>parquet.thrift, enum Type.</summary>
    public int PhysicalType => Bits == 64 ? 2 : 1;

    /// <summary>parquet.thrift, enum ConvertedType: UINT_8 is 11, UINT_16 12, UINT_32 13, UINT_64 14.</summary>
    public int ConvertedType => 8 + int.Log2(Bits);
}
