using System.Buffers.Binary;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Where one column of a row group lies.</summary>
/// <param name="DictionaryOffset">Of its dictionary page; 0 when its values are plain.</param>
/// <param name="DataOffset">Of its first data page.</param>
/// <param name="IndexOffset">Of its offset index; 0 when it has none.</param>
/// <param name="IndexBytes">Length of that.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="IsPlain">Not compressed.</param>
internal sealed record TupleChunk(
    long DictionaryOffset, long DataOffset, long IndexOffset, int IndexBytes, uint Minimum, uint Maximum, bool IsPlain)
{
    /// <summary>A dictionary has at most 65,536 values of four bytes.</summary>
    private const int MostDictionaryBytes = (sizeof(uint) << 16) + 64;

    public bool HasDictionary => DictionaryOffset > 0;

    public bool IsReadable => IsPlain && IndexOffset > 0 && IndexBytes > 0
        && (!HasDictionary || DataOffset - DictionaryOffset is > 0 and <= MostDictionaryBytes);

    // parquet.thrift, struct ColumnChunk: 3 meta_data, 4 offset_index_offset, 5 offset_index_length.
    public static TupleChunk Read(ref ThriftReader thrift)
    {
        var chunk = new TupleChunk(0, 0, 0, 0, 0, uint.MaxValue, false);
        var field = 0;
        while (thrift.Field(ref field, out var type))
        {
            switch (field)
            {
                case 3:
                    chunk = ReadColumn(ref thrift, chunk);
                    break;
                case 4:
                    chunk = chunk with { IndexOffset = thrift.Int() };
                    break;
                case 5:
                    chunk = chunk with { IndexBytes = (int)thrift.Int() };
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return chunk;
    }

    // parquet.thrift, struct ColumnMetaData: 4 codec, 9 data_page_offset, 11 dictionary_page_offset, 12 statistics.
    private static TupleChunk ReadColumn(ref ThriftReader thrift, TupleChunk chunk)
    {
        var field = 0;
        while (thrift.Field(ref field, out var type))
        {
            switch (field)
            {
                case 4:
                    chunk = chunk with { IsPlain = thrift.Int() == 0 };
                    break;
                case 9:
                    chunk = chunk with { DataOffset = thrift.Int() };
                    break;
                case 11:
                    chunk = chunk with { DictionaryOffset = thrift.Int() };
                    break;
                case 12:
                    chunk = ReadBounds(ref thrift, chunk);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return chunk;
    }

    // parquet.thrift, struct Statistics: 5 max_value, 6 min_value.
    private static TupleChunk ReadBounds(ref ThriftReader thrift, TupleChunk chunk)
    {
        var field = 0;
        while (thrift.Field(ref field, out var type))
        {
            if (field is not (5 or 6))
            {
                thrift.Skip(type);
                continue;
            }

            var bytes = thrift.Bytes();
            if (bytes.Length != sizeof(uint))
                continue;

            var bound = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            chunk = field == 5 ? chunk with { Maximum = bound } : chunk with { Minimum = bound };
        }

        return chunk;
    }
}
