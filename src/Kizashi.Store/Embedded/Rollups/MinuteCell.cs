namespace Kizashi.Store.Embedded.Rollups;

/// <summary>What one writer saw in one minute since its last commit.</summary>
internal sealed class MinuteCell
{
    public long Packets { get; set; }

    public long Tuples { get; set; }

    public byte[] Sources { get; } = new byte[RegisterSketch.SourceRegisters];

    public KeyedTable Ports { get; } = new();

    public KeyedTable Countries { get; } = new();

    /// <summary>Adds the rollups of this cell.</summary>
    public void Write(uint minute, ICollection<RollupPart> parts)
    {
        var start = minute * RollupSpan.Minute;
        parts.Add(new RollupPart(RollupSubject.Series, start, Packets, Tuples, new StoredBody(RollupCodec.Write(Sources), [])));
        parts.Add(new RollupPart(RollupSubject.Ports, start, Packets, Tuples, RollupCodec.Write(Ports)));
        if (Countries.Count > 0)
            parts.Add(new RollupPart(RollupSubject.Countries, start, Packets, Tuples, RollupCodec.Write(Countries)));
    }
}
