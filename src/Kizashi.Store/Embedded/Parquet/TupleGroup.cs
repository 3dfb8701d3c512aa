namespace Kizashi.Store.Embedded.Parquet;

/// <summary>One row group of a file of FlowTuples.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="IsSorted">By source, ascending.</param>
/// <param name="Chunks">Its columns, in the order of <see cref="TupleColumn"/>.</param>
internal sealed record TupleGroup(int Rows, bool IsSorted, IReadOnlyList<TupleChunk> Chunks)
{
    /// <summary>Every column is uncompressed and says where its pages are.</summary>
    public bool IsReadable => Chunks.Count == ParquetTupleFile.V4Names.Count && Chunks.All(chunk => chunk.IsReadable);

    public TupleChunk this[TupleColumn column] => Chunks[(int)column];

    // parquet.thrift, struct RowGroup: 1 columns, 3 num_rows, 4 sorting_columns.
    public static TupleGroup Read(ref ThriftReader thrift)
    {
        List<TupleChunk> chunks = [];
        var (rows, sorted, field) = (0L, false, 0);
        while (thrift.Field(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    for (var left = thrift.List(out _); left > 0; left--)
                        chunks.Add(TupleChunk.Read(ref thrift));

                    break;
                case 3:
                    rows = thrift.Int();
                    break;
                case 4:
                    for (var number = thrift.List(out var element); number > 0; number--)
                    {
                        thrift.Skip(element);
                        sorted = true;
                    }

                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return rows is >= 0 and <= int.MaxValue
            ? new TupleGroup((int)rows, sorted, chunks)
            : throw new InvalidDataException("A row group says it has a number of rows that it cannot have.");
    }
}
