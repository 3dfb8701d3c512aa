using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>The tables of the slots that are open at once; slot n lives in lane n modulo the number of lanes.</summary>
internal sealed class SlotLanes : IDisposable
{
    private const long SlotsAPeriod = 60;
    private const long Closed = -1;
    private const int SmallestLimit = 1024;

    private readonly int _mask;
    private readonly long[] _slots;
    private readonly SlotTable<FlowRow4>[] _flows4;
    private readonly SlotTable<FlowRow6>[] _flows6;
    private readonly SlotTable<BackscatterRow<uint>>[] _backscatter4;
    private readonly SlotTable<BackscatterRow<UInt128>>[] _backscatter6;
    private long _newest;
    private int _emptied;

    public SlotLanes(int lanes, int limit, ulong seed)
    {
        _mask = lanes - 1;
        _slots = [.. Enumerable.Repeat(Closed, lanes)];
        _flows4 = [.. Enumerable.Range(0, lanes).Select(_ => new SlotTable<FlowRow4>(limit, seed))];
        _flows6 = [.. Enumerable.Range(0, lanes).Select(_ => new SlotTable<FlowRow6>(Share(limit, 2), seed))];
        _backscatter4 = [.. Enumerable.Range(0, lanes).Select(_ => new SlotTable<BackscatterRow<uint>>(Share(limit, 8), seed))];
        _backscatter6 = [.. Enumerable.Range(0, lanes).Select(_ => new SlotTable<BackscatterRow<UInt128>>(Share(limit, 8), seed))];
    }

    public SlotTable<FlowRow4> Flows4(int lane) => _flows4[lane];

    public SlotTable<FlowRow6> Flows6(int lane) => _flows6[lane];

    public SlotTable<BackscatterRow<uint>> Backscatter4(int lane) => _backscatter4[lane];

    public SlotTable<BackscatterRow<UInt128>> Backscatter6(int lane) => _backscatter6[lane];

    /// <summary>Ten minutes of packet time modulo 256: less than the silence that ends a scan, so the next scan is sampled anew.</summary>
    public static byte Period(long slot) => (byte)(slot / SlotsAPeriod);

    /// <summary>The number of the slot in a lane, when slots from <paramref name="lowSlot"/> on are open.</summary>
    public long SlotOf(int lane, long lowSlot) => lowSlot + ((lane - lowSlot) & _mask);

    public long Slot(int lane) => _slots[lane];

    /// <summary>Packets in the FlowTuples of all lanes.</summary>
    public long Packets
    {
        get
        {
            var packets = 0L;
            foreach (var table in _flows4)
            {
                foreach (ref readonly var row in table.Rows)
                    packets += row.Packets;
            }

            foreach (var table in _flows6)
            {
                foreach (ref readonly var row in table.Rows)
                    packets += row.Packets;
            }

            return packets;
        }
    }

    /// <summary>Notes that the lane's slot has rows.</summary>
    public void Open(int lane, long lowSlot)
    {
        if (_slots[lane] != Closed)
            return;

        _slots[lane] = SlotOf(lane, lowSlot);
        _newest = Math.Max(_newest, _slots[lane]);
        _flows4[lane].Reserve(_flows4.Max(table => table.Count));
    }

    /// <summary>The lanes of open slots before the given one, oldest slot first.</summary>
    public IEnumerable<int> OpenBefore(long slot) =>
        Enumerable.Range(0, _slots.Length)
            .Where(lane => _slots[lane] != Closed && _slots[lane] < slot)
            .OrderBy(lane => _slots[lane]);

    /// <summary>Empties the lane; answers how many FlowTuples it held.</summary>
    public int Close(int lane)
    {
        var tuples = _flows4[lane].Count + _flows6[lane].Count;
        _slots[lane] = Closed;
        _flows4[lane].Reset();
        _flows6[lane].Reset();
        _backscatter4[lane].Reset();
        _backscatter6[lane].Reset();
        _emptied = lane;
        return tuples;
    }

    /// <summary>Lets the slot that opens next have the tables emptied last: their memory is there and wide enough, where other lanes' would be touched anew.</summary>
    /// <remarks>Between two segments only: nobody may hold a table meanwhile.</remarks>
    public void LendEmptied()
    {
        var next = (int)((_newest + 1) & _mask);
        if (_slots[next] != Closed || _slots[_emptied] != Closed || next == _emptied)
            return;

        (_flows4[_emptied], _flows4[next]) = (_flows4[next], _flows4[_emptied]);
        (_flows6[_emptied], _flows6[next]) = (_flows6[next], _flows6[_emptied]);
        (_backscatter4[_emptied], _backscatter4[next]) = (_backscatter4[next], _backscatter4[_emptied]);
        (_backscatter6[_emptied], _backscatter6[next]) = (_backscatter6[next], _backscatter6[_emptied]);
        _emptied = next;
    }

    public void ClearCounts(int lane)
    {
        _flows4[lane].ClearCounts();
        _flows6[lane].ClearCounts();
        _backscatter4[lane].ClearCounts();
        _backscatter6[lane].ClearCounts();
    }

    public void Dispose()
    {
        foreach (var table in _flows4)
            table.Dispose();

        foreach (var table in _flows6)
            table.Dispose();

        foreach (var table in _backscatter4)
            table.Dispose();

        foreach (var table in _backscatter6)
            table.Dispose();
    }

    /// <summary>The rarer kinds get a part of the rows; at their bound they too are flushed early and lose nothing.</summary>
    private static int Share(int limit, int part) => Math.Max(SmallestLimit, limit / part);
}
