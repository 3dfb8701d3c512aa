using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Tables;

/// <summary>
/// An open-addressing index from 32-bit hashes to entry numbers, eight bytes a slot, that never looks at the entries
/// itself.
/// </summary>
/// <remarks>
/// A slot holds the hash in its upper half and entry + 1 in its lower half, 0 when empty. The home bucket is the
/// hash's upper bits, so growing and deleting (by shifting back) need no entry. Load is at most one half, so that
/// most look-ups end in the first cache line.
/// </remarks>
internal sealed unsafe class TagIndex
{
    private const int LeastBits = 10;

    private NativeBlock _block;
    private ulong* _slots;
    private int _bits;

    public TagIndex() => Allocate(LeastBits);

    public int Count { get; private set; }

    public long Bytes => 8L << _bits;

    public uint Mask => (1u << _bits) - 1;

    public ulong* Slots => _slots;

    public int Shift => 32 - _bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Home(uint hash) => hash >> Shift;

    /// <summary>Adds an entry that is known not to be there.</summary>
    public void Add(uint hash, int entry)
    {
        if (Count >= 1 << (_bits - 1))
            Grow();

        Insert(hash, entry);
        Count++;
    }

    /// <summary>Takes out an entry; nothing happens when it is not there.</summary>
    public void Remove(uint hash, int entry)
    {
        var wanted = ((ulong)hash << 32) | (uint)(entry + 1);
        var at = Home(hash);
        while (_slots[at] != wanted)
        {
            if (_slots[at] == 0)
                return;

            at = (at + 1) & Mask;
        }

        Count--;
        var next = at;
        while (true)
        {
            next = (next + 1) & Mask;
            var slot = _slots[next];
            if (slot == 0)
                break;

            if (((next - Home((uint)(slot >> 32))) & Mask) >= ((next - at) & Mask))
            {
                _slots[at] = slot;
                at = next;
            }
        }

        _slots[at] = 0;
    }

    private void Insert(uint hash, int entry)
    {
        var at = Home(hash);
        while (_slots[at] != 0)
            at = (at + 1) & Mask;

        _slots[at] = ((ulong)hash << 32) | (uint)(entry + 1);
    }

    // Slots are walked in the order of their hashes, so the new ones are written in order too.
    private void Grow()
    {
        var slots = _slots;
        var (old, count) = (_block, 1L << _bits);
        Allocate(_bits + 1);
        for (var at = 0L; at < count; at++)
        {
            if (slots[at] != 0)
                Insert((uint)(slots[at] >> 32), (int)(uint)slots[at] - 1);
        }

        old.Free();
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_block))]
    private void Allocate(int bits)
    {
        _bits = bits;
        _block = new NativeBlock(8L << bits, huge: 8L << bits >= NativeBlock.HugePage);
        _slots = (ulong*)_block.Pointer;
    }
}
