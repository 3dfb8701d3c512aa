using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.LifeCycle;

/// <summary>Under which drafts join into one alert.</summary>
internal readonly record struct AlertKey(string Kind, string Subject)
{
    public static AlertKey Of(AlertDraft draft) => new(draft.Kind, draft.Subject.Value);

    public static AlertKey Of(Alert alert) => new(alert.Kind, alert.Subject.Value);
}
