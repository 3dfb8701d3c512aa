namespace Kizashi.Core.Alerts;

/// <summary>What kind of thing an alert is about.</summary>
public enum SubjectKind
{
    Address,
    Prefix,
    As,
    Country,
    Port,
    Family,
    Sensor,

    /// <summary>A port set and the day it began, such as "tcp/23 2026-11-23".</summary>
    Campaign,

    /// <summary>A watched series, such as port/tcp/23.</summary>
    Series,
}
