using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;


namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Packets and distinct sources by port or by country; grows with the keys it meets.</summary>
internal sealed class KeyedTable
{
    // The key in the high half, the entry's number plus one in the low half, so that probing touches no entry.
    private ulong[] _index = new ulong[8];
    private int _shift = 32 - 3;
    private KeyedEntry[] _entries = new KeyedEntry[4];
    private byte[] _dense = [];
    private int _denseCount;

    public int Count { get; private set; }

    public ReadOnlySpan<KeyedEntry> Entries => _entries.AsSpan(0, Count);

    public ref KeyedEntry Entry(uint key)
    {
        // First the number, since finding it may replace the array.
        var number = Number(key);
        return ref _entries[number];
    }

    /// <summary>Adds a block of rows. Each step touches memory that the step before has asked for.</summary>
    /// <remarks>Row by row, with tens of thousands of keys, the waits for memory took 70 ns a row; so, 20.</remarks>
    public unsafe void Add(ReadOnlySpan<uint> keys, ReadOnlySpan<uint> packets, ReadOnlySpan<ulong> hashes, Span<int> scratch)
    {
        // Prefetches of any address are harmless, so none of the pointers below need to be in bounds.
        fixed (ulong* index = _index)
        {
            foreach (var key in keys)
                Prefetch(index + ((key * 0x9E3779B1u) >> _shift));
        }

        for (var row = 0; row < keys.Length; row++)
            scratch[row] = Number(keys[row]);

        fixed (KeyedEntry* entries = _entries)
        {
            for (var row = 0; row < keys.Length; row++)
                Prefetch(entries + scratch[row]);
        }

        fixed (byte* dense = _dense)
        {
            for (var row = 0; row < keys.Length; row++)
            {
                ref var entry = ref _entries[scratch[row]];
                entry.Packets += packets[row];
                if (entry.Dense >= 0)
                    Prefetch(dense + ((entry.Dense * RegisterSketch.KeyedRegisters) + (byte)hashes[row]));
            }
        }

        for (var row = 0; row < keys.Length; row++)
        {
            var hash = hashes[row];
            AddRegister(ref _entries[scratch[row]], (byte)hash, RegisterSketch.Rank(hash, RegisterSketch.KeyedBits));
        }
    }

    public void AddRegister(ref KeyedEntry entry, byte register, byte rank)
    {
        if (entry.Dense >= 0)
        {
            ref var dense = ref _dense[(entry.Dense * RegisterSketch.KeyedRegisters) + register];
            if (dense < rank)
                dense = rank;

            return;
        }

        Span<ushort> sparse = entry.Sparse;
        // Unused places are zero, as is no used one, since ranks begin at one.
        var found = Vector256.Equals(
            Vector256.ShiftRightLogical(Vector256.Create<ushort>(sparse), 8), Vector256.Create((ushort)register));
        var places = found.ExtractMostSignificantBits() & ((1u << (int)entry.SparseCount) - 1);
        if (places != 0)
        {
            ref var place = ref sparse[BitOperations.TrailingZeroCount(places)];
            if ((byte)place < rank)
                place = (ushort)((register << 8) | rank);

            return;
        }

        if (entry.SparseCount < KeyedEntry.SparseCapacity)
        {
            sparse[(int)entry.SparseCount++] = (ushort)((register << 8) | rank);
            return;
        }

        var registers = MakeDense(ref entry);
        registers[register] = rank;
    }

    public Span<byte> DenseRegisters(in KeyedEntry entry) =>
        _dense.AsSpan(entry.Dense * RegisterSketch.KeyedRegisters, RegisterSketch.KeyedRegisters);

    public double Sources(in KeyedEntry entry)
    {
        if (entry.Dense >= 0)
            return RegisterSketch.Estimate(DenseRegisters(entry));

        Span<byte> registers = stackalloc byte[RegisterSketch.KeyedRegisters];
        registers.Clear();
        ReadOnlySpan<ushort> sparse = entry.Sparse;
        foreach (var register in sparse[..(int)entry.SparseCount])
            registers[register >> 8] = (byte)register;

        return RegisterSketch.Estimate(registers);
    }

    public Span<byte> MakeDense(ref KeyedEntry entry)
    {
        if (entry.Dense < 0)
        {
            var needed = (_denseCount + 1) * RegisterSketch.KeyedRegisters;
            if (needed > _dense.Length)
                Array.Resize(ref _dense, Math.Max(needed, _dense.Length * 2));

            entry.Dense = _denseCount++;
            var registers = DenseRegisters(entry);
            ReadOnlySpan<ushort> sparse = entry.Sparse;
            foreach (var register in sparse[..(int)entry.SparseCount])
                registers[register >> 8] = (byte)register;
        }

        return DenseRegisters(entry);
    }

    private static unsafe void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    private int Number(uint key)
    {
        var mask = _index.Length - 1;
        var place = (int)((key * 0x9E3779B1u) >> _shift);
        while (true)
        {
            var found = _index[place];
            if (found == 0)
                return Insert(key, place);

            if ((uint)(found >> 32) == key)
                return (int)found - 1;

            place = (place + 1) & mask;
        }
    }

    private int Insert(uint key, int place)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);

        _entries[Count] = new KeyedEntry { Key = key, Dense = -1 };
        _index[place] = ((ulong)key << 32) | (uint)++Count;
        if (Count * 2 > _index.Length)
            Rehash();

        return Count - 1;
    }

    private void Rehash()
    {
        _index = new ulong[_index.Length * 2];
        _shift--;
        var mask = _index.Length - 1;
        for (var entry = 0; entry < Count; entry++)
        {
            var key = _entries[entry].Key;
            var place = (int)((key * 0x9E3779B1u) >> _shift);
            while (_index[place] != 0)
                place = (place + 1) & mask;

            _index[place] = ((ulong)key << 32) | (uint)(entry + 1);
        }
    }
}
