namespace Kizashi.Wire.Capture;

/// <summary>Finds the frames in consecutive stretches of a capture's content.</summary>
internal abstract class RecordParser
{
    /// <summary>9999-12-31 23:59:59.999999; a later time stamp is taken for this one.</summary>
    public const long LatestMicros = 253_402_300_799_999_999;

    /// <summary>Set by <see cref="ParseOutcome.Damage"/>.</summary>
    public string Fault { get; protected set; } = "";

    /// <summary>Adds frames to the block, with offsets into the content given.</summary>
    /// <param name="block">Takes the frames and, with its first, their link type.</param>
    /// <param name="content">Begins where the last call stopped; at most <see cref="FrameBlock.DefaultBytes"/>.</param>
    /// <param name="consumed">Bytes of whole records.</param>
    public abstract ParseOutcome Parse(FrameBlock block, ReadOnlySpan<byte> content, out int consumed);

    /// <summary>What is missing if the content ends after these bytes of an incomplete record; null if nothing is.</summary>
    public abstract string? Missing(ReadOnlySpan<byte> rest);
}
