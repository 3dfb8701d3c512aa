using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kizashi.Analyze.Tables;

/// <summary>
/// Asks the processor for a cache line before it is needed; does nothing where there is no such instruction.
/// </summary>
internal static unsafe class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    // The object may move before the line arrives; then the wrong line was fetched and nothing else happened.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref T place) => Line(Unsafe.AsPointer(ref place));
}
