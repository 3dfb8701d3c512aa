using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Tables;

/// <summary>Numbered entries of one type in aligned chunks that never move.</summary>
internal sealed unsafe class EntryPool<TEntry>
    where TEntry : unmanaged
{
    private static readonly int ChunkBits = BitOperations.Log2((uint)(NativeBlock.HugePage / sizeof(TEntry)));

    private readonly List<NativeBlock> _owners = [];
    private readonly Stack<int> _free = new();
    private nint[] _chunks = new nint[16];

    /// <summary>Entries handed out at least once: every live entry's number is below it.</summary>
    public int High { get; private set; }

    public int Live => High - _free.Count;

    /// <summary>An entry by its number; the pointer stays good while the pool lives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TEntry* At(int entry) => (TEntry*)_chunks[entry >> ChunkBits] + (entry & ((1 << ChunkBits) - 1));

    /// <summary>A free entry, cleared.</summary>
    public int Take()
    {
        if (_free.TryPop(out var entry))
        {
            *At(entry) = default;
            return entry;
        }

        if (High >> ChunkBits == _owners.Count)
            AddChunk();

        return High++;
    }

    /// <summary>Gives an entry back. The caller has marked it as not live, since walks over the pool see it.</summary>
    public void Give(int entry) => _free.Push(entry);

    // The first chunk stays on small pages: most tables never need a second, and a huge page is taken whole.
    private void AddChunk()
    {
        var owner = new NativeBlock(NativeBlock.HugePage, huge: _owners.Count > 0);
        if (_owners.Count == _chunks.Length)
            Array.Resize(ref _chunks, _chunks.Length * 2);

        _chunks[_owners.Count] = (nint)owner.Pointer;
        _owners.Add(owner);
    }
}
