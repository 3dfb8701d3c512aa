namespace Kizashi.Observe.Telescope.Responder;

/// <summary>Puts a frame on the wire that frames are taken from.</summary>
public interface IFrameSender
{
    /// <summary>False when the system did not take the frame; it is not tried again.</summary>
    bool Send(ReadOnlySpan<byte> frame);
}
