using System.Runtime.Intrinsics.X86;
using Kizashi.Core.Addresses;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>
/// The country of a source, remembered by /24 or /48 so that the tables are asked once per block and not once per
/// packet.
/// </summary>
/// <remarks>
/// 32 MiB once tables are loaded. Threads may look up the same block at once; both write the same answer.
/// </remarks>
internal sealed class CountryLookup(IAddressBook book, TimeProvider time)
{
    private const ushort NotAsked = 0;
    private const ushort Unknown = 1;
    private const int V6Places = 1 << 16;

    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    private Blocks? _blocks;

    /// <summary>The remembered blocks to use until the next commit, null when no tables are loaded.</summary>
    public Blocks? Current()
    {
        if (!book.IsLoaded)
            return null;

        var blocks = _blocks;
        var now = time.GetTimestamp();
        if (blocks is null || blocks.Explanation != book.Explanation
            || time.GetElapsedTime(blocks.Made, now) > Freshness)
        {
            blocks = new Blocks(book, now);
            _blocks = blocks;
        }

        return blocks;
    }

    internal sealed class Blocks(IAddressBook book, long made)
    {
        private readonly ushort[] _v4 = new ushort[1 << 24];
        private readonly (ulong Block, ushort Country)[] _v6 = new (ulong, ushort)[V6Places];
        private readonly Lock _v6Gate = new();

        public string Explanation { get; } = book.Explanation;

        public long Made { get; } = made;

        /// <summary>Two capital letters, the first in the high byte; 0 when unknown.</summary>
        public unsafe void Of(ReadOnlySpan<uint> sources, Span<uint> countries)
        {
            // The table is far larger than any cache; asked for all at once, its lines come while we wait for the first.
            fixed (ushort* blocks = _v4)
            {
                foreach (var source in sources)
                {
                    if (Sse.IsSupported)
                        Sse.Prefetch0(blocks + (source >> 8));
                }
            }

            for (var row = 0; row < sources.Length; row++)
            {
                ref var country = ref _v4[sources[row] >> 8];
                if (country == NotAsked)
                    country = Ask(Address.FromV4(sources[row]));

                countries[row] = country == Unknown ? 0u : country;
            }
        }

        public uint Of(UInt128 source)
        {
            var block = (ulong)(source >> 80);
            var place = (int)((block * 0x9E3779B97F4A7C15) >> 48);
            lock (_v6Gate)
            {
                ref var entry = ref _v6[place];
                if (entry.Country == NotAsked || entry.Block != block)
                    entry = (block, Ask(Address.FromV6(source)));

                return entry.Country == Unknown ? 0u : entry.Country;
            }
        }

        private ushort Ask(Address address)
        {
            var country = book.Lookup(address).Country;
            return country.Length == 2 && char.IsAsciiLetterUpper(country[0]) && char.IsAsciiLetterUpper(country[1])
                ? (ushort)((country[0] << 8) | country[1])
                : Unknown;
        }
    }
}
