using Kizashi.Observe.Telescope.Responder;

namespace Kizashi.Observe.Tests.Telescope.Responder;

/// <summary>Keeps what is sent, with the time.</summary>
internal sealed class SentFrames(TimeProvider time) : IFrameSender
{
    public List<(long At, byte[] Frame)> Sent { get; } = [];

    public bool Fails { get; set; }

    public bool Send(ReadOnlySpan<byte> frame)
    {
        if (!Fails)
            Sent.Add((time.GetTimestamp(), frame.ToArray()));

        return !Fails;
    }
}
