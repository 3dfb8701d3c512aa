namespace Kizashi.Store.Embedded.Rollups;

/// <summary>
/// The keyed hash of addresses for sketches; the key keeps senders from choosing addresses that swell the estimates.
/// </summary>
internal readonly struct SourceHash(ulong key)
{
    public ulong Of(uint source) => Mix(source ^ key);

    public ulong Of(UInt128 source) => Mix(Mix((ulong)(source >> 64) ^ key) ^ (ulong)source);

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
