namespace Kizashi.Core.Alerts;

/// <summary>What a person judged an alert to be.</summary>
public enum Verdict
{
    None,
    True,
    False,
    Duplicate,
}
