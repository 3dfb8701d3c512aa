using Kizashi.Core.Observations;
using Kizashi.Store.Embedded.Parquet;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Compaction;

/// <summary>A sorted file of IPv4 tuples being written; rows of one flow and slot become one.</summary>
internal sealed class TupleOutput(string path, FlowTuples<uint> columns, EncoderBuffers buffers, int groupRows) : IDisposable
{
    private readonly ParquetTupleFile _file = new(path, v6: false, buffers, sorted: true);
    private SegmentExtent _extent = SegmentExtent.Empty;
    private StoredTuple _last;
    private bool _any;

    /// <summary>Bounds and sums of all rows, once closed.</summary>
    public SegmentExtent Extent => _extent;

    /// <summary>Adds a row that does not come before the last one.</summary>
    public void Add(in StoredTuple row)
    {
        if (_any && row.IsSameFlow(_last) && (ulong)_last.Packets + row.Packets <= uint.MaxValue)
        {
            _last.Packets += row.Packets;
            _last.First = Math.Min(_last.First, row.First);
            _last.Last = Math.Max(_last.Last, row.Last);
            return;
        }

        Put();
        _last = row;
        _any = true;
    }

    public void Close()
    {
        Put();
        if (columns.Count > 0)
            _file.Write(columns);

        columns.Count = 0;
        _file.Close();
    }

    public void Dispose()
    {
        columns.Count = 0;
        _file.Dispose();
    }

    private void Put()
    {
        if (!_any)
            return;

        _extent.Rows++;
        _extent.Packets += _last.Packets;
        _extent.Add(_last.Slot, _last.Slot, Mapped(_last.Source), Mapped(_last.Source));
        columns.EnsureCapacity(groupRows);
        _last.AppendTo(columns);
        if (columns.Count < groupRows)
            return;

        _file.Write(columns);
        columns.Count = 0;
    }

    private static UInt128 Mapped(uint source) => ((UInt128)0xFFFF << 32) | source;
}
