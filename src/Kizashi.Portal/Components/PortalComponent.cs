using Kizashi.Portal.Language;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components;

/// <summary>A component that speaks the viewer's language.</summary>
public abstract class PortalComponent : ComponentBase
{
    [Inject]
    internal Viewer Viewer { get; set; } = null!;

    internal Words W => Viewer.Words;
}
