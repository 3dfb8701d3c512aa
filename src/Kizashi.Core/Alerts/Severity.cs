namespace Kizashi.Core.Alerts;

/// <summary>How much an alert asks of its reader.</summary>
public enum Severity
{
    /// <summary>Background worth keeping.</summary>
    Low,

    /// <summary>Look at it today.</summary>
    Medium,

    /// <summary>Look at it now.</summary>
    High,

    /// <summary>Act now: one's own network is concerned.</summary>
    Critical,
}
