using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>What one unit has for one shard.</summary>
internal sealed class Parcel
{
    public Arrivals<FlowRow4> V4 { get; } = new(8192);

    /// <summary>Beside each of <see cref="V4"/>: the key unicornscan would have used; means something for probes.</summary>
    public Arrivals<uint> Keys { get; } = new(8192);

    public Arrivals<FlowRow6> V6 { get; } = new(64);

    public Arrivals<BackscatterRow<uint>> Backscatter4 { get; } = new(64);

    public Arrivals<BackscatterRow<UInt128>> Backscatter6 { get; } = new(64);

    public void Clear(int frames)
    {
        V4.Clear();
        V4.EnsureCapacity(frames);
        Keys.EnsureCapacity(frames);
        V6.Clear();
        Backscatter4.Clear();
        Backscatter6.Clear();
    }

    public void EndSegment()
    {
        V4.Ends.Add(V4.Count);
        V6.Ends.Add(V6.Count);
        Backscatter4.Ends.Add(Backscatter4.Count);
        Backscatter6.Ends.Add(Backscatter6.Count);
    }
}
