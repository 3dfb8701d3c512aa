using Kizashi.Core.Alerts;

namespace Kizashi.Core.Pipeline;

/// <summary>An alert was opened, updated or closed.</summary>
public sealed record AlertChanged(Alert Alert, bool IsNew) : LiveEvent;
