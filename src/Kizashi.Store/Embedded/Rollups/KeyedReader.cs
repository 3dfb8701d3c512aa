namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Walks the entries of a keyed rollup, with their sketches where those were read as well.</summary>
internal ref struct KeyedReader
{
    private readonly ReadOnlySpan<byte> _sums;
    private readonly ReadOnlySpan<byte> _sketches;
    private readonly int _count;
    private int _number = -1;
    private int _keyAt;
    private int _packetsAt;
    private int _registersAt;
    private uint _key;

    /// <param name="sums">As <see cref="RollupCodec"/> writes them.</param>
    /// <param name="sketches">Those of the same rollup; empty when nobody asks for sources.</param>
    /// <exception cref="InvalidDataException">Not what <see cref="RollupCodec"/> writes.</exception>
    public KeyedReader(ReadOnlySpan<byte> sums, ReadOnlySpan<byte> sketches)
    {
        _sums = sums;
        _sketches = sketches;
        var count = Take(ref _keyAt);
        var keyBytes = Take(ref _keyAt);
        if (count > keyBytes || keyBytes > (ulong)(sums.Length - _keyAt) || (sketches.Length > 0 && count > (ulong)sketches.Length))
            throw new InvalidDataException("The body of a rollup is damaged.");

        _count = (int)count;
        _packetsAt = _keyAt + (int)keyBytes;
        _registersAt = _count;
    }

    public readonly uint Key => _key;

    public ulong Packets { get; private set; }

    public readonly bool IsDense => _sketches[_number] == 0;

    /// <summary>All registers when dense, else pairs of (rank, register).</summary>
    public readonly ReadOnlySpan<byte> Registers => _sketches.Slice(_registersAt, RegisterBytes);

    public bool Next()
    {
        if (_number >= 0 && _sketches.Length > 0)
            _registersAt += RegisterBytes;

        if (++_number >= _count)
            return false;

        _key += (uint)Take(ref _keyAt);
        Packets = Take(ref _packetsAt);
        return true;
    }

    /// <summary>Adds the current entry to a table.</summary>
    public readonly void MergeInto(KeyedTable table)
    {
        ref var entry = ref table.Entry(Key);
        entry.Packets += Packets;
        var registers = Registers;
        if (IsDense)
        {
            RegisterSketch.Merge(table.MakeDense(ref entry), registers);
            return;
        }

        for (; registers.Length > 0; registers = registers[2..])
            table.AddRegister(ref entry, registers[1], registers[0]);
    }

    private readonly int RegisterBytes =>
        _sketches[_number] is var size && size == 0 ? RegisterSketch.KeyedRegisters : (size - 1) * 2;

    private readonly ulong Take(ref int at)
    {
        if ((uint)at < (uint)_sums.Length && _sums[at] is var first && first < 128)
        {
            at++;
            return first;
        }

        return TakeLong(ref at);
    }

    private readonly ulong TakeLong(ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= _sums.Length)
                throw new InvalidDataException("The body of a rollup is cut short.");

            var part = _sums[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }

        throw new InvalidDataException("A number in a rollup is too long.");
    }
}
