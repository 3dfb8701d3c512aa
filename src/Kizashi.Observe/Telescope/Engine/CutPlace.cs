namespace Kizashi.Observe.Telescope.Engine;

/// <summary>A place in the stream that batches are named by.</summary>
/// <param name="Content">Hash of all content before it, or the name of a live unit.</param>
/// <param name="Position">Bytes of the block before it, or frames of a live unit; 0 at the end of a block.</param>
internal readonly record struct CutPlace(UInt128 Content, long Position);
