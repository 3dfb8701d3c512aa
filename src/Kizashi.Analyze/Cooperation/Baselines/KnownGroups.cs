using System.Numerics;
using System.Runtime.InteropServices;
using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>A set of 16-bit numbers: a small hash table, a bitmap of 8 KB once that is no larger.</summary>
internal sealed class KnownGroups
{
    private const int Values = 1 << 16;
    private const int FirstSlots = 8;
    private const int MostSlots = 1 << 11;

    // 0 is an empty slot, so numbers are stored plus one and the largest has a place of its own.
    private ushort[] _slots = [];
    private ulong[]? _bits;
    private bool _hasLast;
    private int _count;

    public bool Contains(ushort value)
    {
        if (_bits is not null)
            return (_bits[value >> 6] >> (value & 63) & 1) != 0;

        if (value == Values - 1)
            return _hasLast;

        return _slots.Length > 0 && _slots[Find((ushort)(value + 1))] != 0;
    }

    public void Add(ushort value)
    {
        if (_bits is not null)
        {
            _bits[value >> 6] |= 1UL << (value & 63);
            return;
        }

        if (value == Values - 1)
        {
            _hasLast = true;
            return;
        }

        if (_count >= _slots.Length / 4 * 3 && !Grow())
        {
            Add(value);
            return;
        }

        ref var slot = ref _slots[Find((ushort)(value + 1))];
        _count += slot == 0 ? 1 : 0;
        slot = (ushort)(value + 1);
    }

    public void Clear() => (_slots, _bits, _hasLast, _count) = ([], null, false, 0);

    /// <summary>Writes the numbers in rising order, however they are held.</summary>
    public void Save(StateWriter writer)
    {
        var values = new List<ushort>(_count);
        for (var at = 0; at < _bits?.Length; at++)
        {
            for (var word = _bits[at]; word != 0; word &= word - 1)
                values.Add((ushort)((at << 6) + BitOperations.TrailingZeroCount(word)));
        }

        foreach (var stored in _slots)
        {
            if (stored != 0)
                values.Add((ushort)(stored - 1));
        }

        if (_hasLast)
            values.Add(Values - 1);

        values.Sort();
        writer.WriteSpan<ushort>(CollectionsMarshal.AsSpan(values));
    }

    public void Load(StateReader reader)
    {
        Clear();
        foreach (var value in reader.ReadSpan<ushort>(Values))
            Add(value);
    }

    private int Find(ushort stored)
    {
        var mask = _slots.Length - 1;
        var at = (int)((stored * 0x9E3779B1u) >> 16) & mask;
        while (_slots[at] != 0 && _slots[at] != stored)
            at = (at + 1) & mask;

        return at;
    }

    // False when the numbers are in a bitmap now.
    private bool Grow()
    {
        var (old, hadLast) = (_slots, _hasLast);
        if (old.Length == MostSlots)
        {
            _bits = new ulong[Values / 64];
            (_slots, _hasLast, _count) = ([], false, 0);
            if (hadLast)
                Add(Values - 1);
        }
        else
        {
            (_slots, _count) = (new ushort[Math.Max(FirstSlots, 2 * old.Length)], 0);
        }

        foreach (var stored in old)
        {
            if (stored != 0)
                Add((ushort)(stored - 1));
        }

        return _bits is null;
    }
}
