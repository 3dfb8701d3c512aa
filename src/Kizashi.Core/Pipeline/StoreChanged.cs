namespace Kizashi.Core.Pipeline;

/// <summary>The state of the store changed: full, writable again.</summary>
public sealed record StoreChanged(string? Problem) : LiveEvent;
