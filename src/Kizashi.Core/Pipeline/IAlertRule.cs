using Kizashi.Core.Findings;

namespace Kizashi.Core.Pipeline;

/// <summary>Says whether a finding is worth an alert, and what that alert says.</summary>
public interface IAlertRule
{
    /// <summary>Null when this rule has nothing to say of the finding.</summary>
    AlertDraft? Judge(Finding finding);
}
