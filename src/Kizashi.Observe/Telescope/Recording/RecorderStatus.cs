namespace Kizashi.Observe.Telescope.Recording;

/// <summary>What a recorder has done so far.</summary>
/// <param name="Frames">In closed files.</param>
/// <param name="Lost">Not written because the disk was full, failing or too slow.</param>
/// <param name="Files">Closed.</param>
/// <param name="Problem">Why nothing is written at present, for people; null when all is well.</param>
public sealed record RecorderStatus(long Frames, long Lost, long Files, string? Problem);
