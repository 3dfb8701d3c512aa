using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Cli.Watching;

/// <summary>Which addresses a session observes, and how that was decided.</summary>
/// <param name="Dark">The observed addresses.</param>
/// <param name="IsInferred">Neither the command nor the settings named them.</param>
/// <param name="Explanation">One sentence for people.</param>
/// <param name="Source">Gives the frames from the first on, those looked at for the inference included.</param>
internal sealed record SessionDark(PrefixSet Dark, bool IsInferred, string Explanation, IFrameSource Source)
{
    public static SessionDark Choose(SessionPlan plan, IFrameSource source, TimeProvider time)
    {
        if (plan.Dark is { } given)
        {
            var except = given.Except.Count > 0 ? $", without {given.Except.Count} live prefixes" : "";
            return new SessionDark(given, false, given + except, source);
        }

        var inferred = DarkInference.Infer(
            source, time, new DarkInferenceOptions { Tunnels = plan.Unwrap ? TunnelMode.Unwrap : TunnelMode.Note });
        return new SessionDark(inferred.Dark, true, inferred.Explanation, inferred.Source);
    }
}
