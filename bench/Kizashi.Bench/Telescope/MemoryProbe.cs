using System.Runtime.Intrinsics.X86;

namespace Kizashi.Bench.Telescope;

/// <summary>What this machine's memory costs, so that the rates beside it can be judged on another one.</summary>
internal static unsafe class MemoryProbe
{
    private const int Bytes = 256 << 20;
    private const int LineBytes = 64;
    private const int Accesses = 4_000_000;
    private const int Lead = 24;

    /// <summary>Nanoseconds to change one 64-byte line at a random place of 256 MB: asked for 24 accesses ahead, and where each waits for the one before.</summary>
    public static (double Prefetched, double Dependent) LineNanoseconds()
    {
        var memory = GC.AllocateUninitializedArray<byte>(Bytes, pinned: true);
        memory.AsSpan().Fill(1);
        var places = Places();
        fixed (byte* first = memory)
            return (Prefetched(first, places), Dependent(first, places));
    }

    private static int[] Places()
    {
        var state = 88172645463325252UL;
        var places = new int[Accesses + Lead];
        foreach (ref var place in places.AsSpan())
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            place = (int)(state % (Bytes / LineBytes)) * LineBytes;
        }

        return places;
    }

    // Pointers stay inside the block: places are below its length by construction.
    private static double Prefetched(byte* first, int[] places)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var at = 0; at < Accesses; at++)
        {
            if (Sse.IsSupported)
                Sse.Prefetch0(first + places[at + Lead]);

            first[places[at]]++;
        }

        return TimeProvider.System.GetElapsedTime(started).TotalNanoseconds / Accesses;
    }

    private static double Dependent(byte* first, int[] places)
    {
        const int Fewer = Accesses / 8;
        var (started, last) = (TimeProvider.System.GetTimestamp(), 0);
        for (var at = 0; at < Fewer; at++)
            last = first[places[at] ^ ((last & 1) * LineBytes)];

        GC.KeepAlive(last);
        return TimeProvider.System.GetElapsedTime(started).TotalNanoseconds / Fewer;
    }
}
