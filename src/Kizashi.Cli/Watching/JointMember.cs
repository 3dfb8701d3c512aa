namespace Kizashi.Cli.Watching;

/// <summary>A session whose batches are judged together with those of others.</summary>
/// <param name="sensor">Its sensor.</param>
/// <param name="shards">In which it delivers.</param>
/// <param name="commit">Makes durable what it has stored.</param>
/// <param name="save">Saves what it judges by itself, for a watermark.</param>
internal sealed class JointMember(string sensor, int shards, Action commit, Action<long> save)
{
    public string Sensor => sensor;

    public int Shards => shards;

    /// <summary>Milliseconds since 1970 UTC; 0 before its first interval.</summary>
    public long Watermark { get; set; }

    public void Commit() => commit();

    public void Save(long watermarkMillis) => save(watermarkMillis);
}
