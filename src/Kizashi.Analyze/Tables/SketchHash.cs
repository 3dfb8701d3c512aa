using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Tables;

/// <summary>The hash of the sketches: strong enough for keys that differ in one bit or by a constant.</summary>
/// <remarks>
/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014; constants of Stafford's variant 13). A single multiplication and
/// fold leaves the hashes of regular keys too regular for the rank statistics that HyperLogLog rests on: measured 3 to 18
/// times the standard error for consecutive and strided keys. Needs no 128-bit product, which would go through memory.
/// </remarks>
internal static class SketchHash
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong key)
    {
        key += 0x9E3779B97F4A7C15;
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
        return key ^ (key >> 31);
    }
}
