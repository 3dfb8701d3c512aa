namespace Kizashi.Core.Alerts;

/// <summary>What a person wrote or did to an alert.</summary>
public sealed record AlertNote(DateTimeOffset At, string Who, string Text);
