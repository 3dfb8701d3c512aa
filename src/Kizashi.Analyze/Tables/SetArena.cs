using System.Numerics;

namespace Kizashi.Analyze.Tables;

/// <summary>
/// Lends memory to the sets of one shard within a bound, in powers of two, and takes it back for others.
/// </summary>
internal sealed unsafe class SetArena(long limit)
{
    private const int LeastBytes = 64;
    private const int MostCarved = NativeBlock.HugePage / 8;

    // A quarter more than the bound is kept for estimates, so that a full arena can still make them.
    private const int ReserveParts = 4;

    private readonly Stack<nint>?[] _free = new Stack<nint>?[48];
    private readonly List<NativeBlock> _slabs = [];
    private readonly Dictionary<nint, NativeBlock> _large = [];
    private int _slabUsed = NativeBlock.HugePage;

    public long Used { get; private set; }

    /// <summary>Sets that had to become estimates since the start.</summary>
    public long Estimated { get; set; }

    /// <summary>What a request for so many bytes takes.</summary>
    public static long Size(long bytes) => (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(bytes, LeastBytes));

    public bool Fits(long more) => Used + more <= limit;

    public bool FitsReserve(long bytes) => Used + Size(bytes) <= limit + (limit / ReserveParts);

    /// <summary>
    /// Zeroed memory, aligned to a cache line. Taken even past the bound, so ask <see cref="Fits"/> first.
    /// </summary>
    public void* Rent(long bytes)
    {
        var size = Size(bytes);
        Used += size;
        if (_free[BitOperations.Log2((ulong)size)] is { Count: > 0 } stack)
        {
            var recycled = (void*)stack.Pop();
            new Span<byte>(recycled, (int)size).Clear();
            return recycled;
        }

        return size > MostCarved ? RentLarge(size) : Carve((int)size);
    }

    public void Return(void* memory, long bytes)
    {
        var size = Size(bytes);
        Used -= size;
        if (size > MostCarved)
        {
            if (_large.Remove((nint)memory, out var block))
                block.Free();

            return;
        }

        (_free[BitOperations.Log2((ulong)size)] ??= new Stack<nint>()).Push((nint)memory);
    }

    private void* RentLarge(long size)
    {
        var block = new NativeBlock(size, huge: size >= NativeBlock.HugePage);
        _large.Add((nint)block.Pointer, block);
        return block.Pointer;
    }

    private byte* Carve(int size)
    {
        if (_slabUsed + size > NativeBlock.HugePage)
        {
            _slabs.Add(new NativeBlock(NativeBlock.HugePage, huge: _slabs.Count > 0));
            _slabUsed = 0;
        }

        var carved = _slabs[^1].Pointer + _slabUsed;
        _slabUsed += size;
        return carved;
    }
}
