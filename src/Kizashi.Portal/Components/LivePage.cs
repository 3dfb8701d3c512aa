using Kizashi.Portal.Live;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components;

/// <summary>A page that follows what changes while somebody looks at it.</summary>
public abstract class LivePage : PortalComponent, IDisposable
{
    [Inject]
    internal LiveUpdates Live { get; set; } = null!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Live.Arrived -= Take;

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;

        Live.Arrived += Take;
        Live.Start();
    }

    /// <summary>Something changed; runs where the page may be drawn.</summary>
    private protected abstract Task UpdateAsync(LiveChanges changes);

    private void Take(LiveChanges changes) => _ = InvokeAsync(() => UpdateAsync(changes));
}
