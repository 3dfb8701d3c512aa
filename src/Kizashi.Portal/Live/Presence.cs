using Microsoft.JSInterop;

namespace Kizashi.Portal.Live;

/// <summary>
/// Where the reader is, as the browser reports it: is the tab visible, is the page scrolled to its top.
/// </summary>
public sealed class Presence
{
    internal event Action? Changed;

    internal bool IsVisible { get; private set; } = true;

    internal bool IsAtTop { get; private set; } = true;

    /// <summary>Called by the page's script.</summary>
    [JSInvokable]
    public void Report(bool visible, bool atTop)
    {
        if (visible == IsVisible && atTop == IsAtTop)
            return;

        (IsVisible, IsAtTop) = (visible, atTop);
        Changed?.Invoke();
    }
}
