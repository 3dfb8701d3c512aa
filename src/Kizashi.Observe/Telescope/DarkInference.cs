using Kizashi.Observe.Telescope.Sources;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope;

/// <summary>Infers the observed prefixes from the first packets of a source, for those who did not name them.</summary>
public static class DarkInference
{
    /// <summary>Looks ahead; the source given is used up and replaced by <see cref="InferredDark.Source"/>, which disposes of it.</summary>
    public static InferredDark Infer(
        IFrameSource source, TimeProvider time, DarkInferenceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        options ??= new DarkInferenceOptions();
        var ahead = new LookAheadSource(source);
        var evidence = new DarkEvidence();
        var headers = Array.Empty<PacketHeader>();
        var started = time.GetTimestamp();
        var bytes = 0L;
        while (evidence.Packets < options.Packets && bytes < options.Bytes
            && time.GetElapsedTime(started) < options.Time && !cancellation.IsCancellationRequested)
        {
            var (block, status) = ahead.ReadAhead();
            if (status is FrameSourceStatus.End or FrameSourceStatus.Damaged)
                break;

            if (block is null)
                continue;

            bytes += block.Data.Length;
            PacketDecoder.DecodeBlock(block, ref headers, options.Tunnels);
            evidence.Add(block, headers);
        }

        var (dark, isDarknet, explanation) = evidence.Conclude();
        return new InferredDark(dark, isDarknet, explanation, ahead);
    }
}
