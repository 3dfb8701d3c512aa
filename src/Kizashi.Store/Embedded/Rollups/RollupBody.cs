namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Several rollups of one subject merged.</summary>
internal sealed class RollupBody(RollupSubject subject)
{
    private readonly byte[] _sources = new byte[subject == RollupSubject.Series ? RegisterSketch.SourceRegisters : 0];
    private readonly KeyedTable? _table = subject == RollupSubject.Series ? null : new KeyedTable();

    public RollupSubject Subject { get; } = subject;

    public long Packets { get; private set; }

    public long Tuples { get; private set; }

    /// <summary>When the newest of them was stored, milliseconds since 1970 UTC.</summary>
    public long Stored { get; private set; }

    public void Merge(RollupRow row)
    {
        Packets += row.Packets;
        Tuples += row.Tuples;
        Stored = Math.Max(Stored, row.Stored);
        if (_table is null)
            RollupCodec.Merge(row.Body.Sums, _sources);
        else
            RollupCodec.Merge(row.Body.Sums, row.Body.Sketches, _table);
    }

    public StoredBody Write() =>
        _table is null ? new StoredBody(RollupCodec.Write(_sources), []) : RollupCodec.Write(_table);
}
