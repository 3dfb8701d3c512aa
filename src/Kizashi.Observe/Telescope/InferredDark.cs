using Kizashi.Core.Addresses;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope;

/// <summary>Which addresses a capture seems to observe.</summary>
/// <param name="Dark">The dark prefixes, live addresses inside them taken out; everything when it does not look like a darknet.</param>
/// <param name="IsDarknet">False when everything is observed for want of a darknet's look.</param>
/// <param name="Explanation">One sentence for people.</param>
/// <param name="Source">Gives all frames, those looked at included; takes the place of the source given.</param>
public sealed record InferredDark(PrefixSet Dark, bool IsDarknet, string Explanation, IFrameSource Source);
