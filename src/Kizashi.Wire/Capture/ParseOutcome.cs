namespace Kizashi.Wire.Capture;

/// <summary>Why a parser stopped.</summary>
internal enum ParseOutcome
{
    /// <summary>All whole records are taken.</summary>
    NeedsMore,

    /// <summary>The next frame has another link type than the block's.</summary>
    LinkChange,

    /// <summary>The bytes after the consumed ones make no sense.</summary>
    Damage,
}
