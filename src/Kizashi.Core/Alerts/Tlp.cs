namespace Kizashi.Core.Alerts;

/// <summary>Traffic Light Protocol 2.0 (FIRST): who may see it.</summary>
public enum Tlp
{
    Clear,
    Green,
    Amber,
    AmberStrict,
    Red,
}
