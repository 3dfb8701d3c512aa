using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>The set of IPv4 addresses seen, one bit each, in pages of 4,096 addresses made when first needed.</summary>
/// <remarks>Darknets are dense, so their bits stay in the cache. When the pages are used up it goes on as an estimate.</remarks>
internal sealed class AddressBitmap
{
    private const int PageBits = 12;
    private const int PageWords = (1 << PageBits) / 64;
    private const int Directory = 1 << (32 - PageBits);

    private readonly int _maxPages;
    private readonly int[] _pages = new int[Directory];
    private readonly List<uint> _firsts = [0];
    private ulong[] _words = new ulong[16 * PageWords];

    /// <param name="maxPages">Pages of 512 bytes, at least 1.</param>
    public AddressBitmap(int maxPages = 1 << 17)
    {
        _maxPages = maxPages;
    }

    /// <summary>Holds everything once the pages were used up, else null.</summary>
    public HyperLogLog? Estimate { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint address)
    {
        var page = _pages[address >> PageBits];
        var word = (page * PageWords) + (int)((address >> 6) & (PageWords - 1));
        if (page == 0 || (_words[word] & (1UL << (int)(address & 63))) == 0)
            AddNew(address);
    }

    /// <summary>Adds all of the other.</summary>
    public void Merge(AddressBitmap other)
    {
        foreach (var address in other.Addresses())
            Add(address);

        if (other.Estimate is null)
            return;

        StartEstimate();
        Estimate!.Merge(other.Estimate);
    }

    /// <summary>Exact while <see cref="Estimate"/> is null.</summary>
    public long Count()
    {
        if (Estimate is not null)
            return Estimate.Estimate();

        var count = 0L;
        foreach (var word in _words)
            count += BitOperations.PopCount(word);

        return count;
    }

    private IEnumerable<uint> Addresses()
    {
        for (var page = 1; page < _firsts.Count; page++)
        {
            for (var word = 0; word < PageWords; word++)
            {
                for (var bits = _words[(page * PageWords) + word]; bits != 0; bits &= bits - 1)
                    yield return _firsts[page] + (uint)(word * 64) + (uint)BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    private void AddNew(uint address)
    {
        Estimate?.Add(AddressHash.Of(address));
        ref var page = ref _pages[address >> PageBits];
        if (page == 0 && !TryAddPage(address, out page))
        {
            StartEstimate();
            Estimate!.Add(AddressHash.Of(address));
            return;
        }

        _words[(page * PageWords) + (int)((address >> 6) & (PageWords - 1))] |= 1UL << (int)(address & 63);
    }

    private bool TryAddPage(uint address, out int page)
    {
        page = 0;
        if (_firsts.Count > _maxPages)
            return false;

        page = _firsts.Count;
        _firsts.Add(address & ~((1u << PageBits) - 1));
        if (_firsts.Count * PageWords > _words.Length)
            Array.Resize(ref _words, _words.Length * 2);

        return true;
    }

    private void StartEstimate()
    {
        if (Estimate is not null)
            return;

        Estimate = new HyperLogLog();
        foreach (var address in Addresses())
            Estimate.Add(AddressHash.Of(address));
    }
}
