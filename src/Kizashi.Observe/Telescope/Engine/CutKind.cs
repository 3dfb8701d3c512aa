namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Why the stream of packets is cut at a place.</summary>
internal enum CutKind
{
    /// <summary>The unit is at its end; nothing is handed on.</summary>
    None,

    /// <summary>Slots before the watermark end and are handed on whole.</summary>
    Slots,

    /// <summary>What the open slots gained is handed on; slots before the watermark end.</summary>
    Gains,

    /// <summary>A file is at its end and another one follows: every slot is handed on, so that the batches of a file are its own.</summary>
    File,

    /// <summary>The source is at its end: every slot ends.</summary>
    Final,
}
