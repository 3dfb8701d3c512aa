using System.Runtime.CompilerServices;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Center;

/// <summary>Walks a query's answer page by page, so that any number of alerts takes flat memory.</summary>
internal static class AlertPages
{
    private const int PageSize = 500;

    public static IEnumerable<Alert> All(IAlertStore alerts, AlertQuery query)
    {
        var left = query.Most;
        var after = query.After;
        while (left > 0)
        {
            var page = alerts.Query(query with { Most = Math.Min(left, PageSize), After = after });
            foreach (var alert in page)
                yield return alert;

            left -= page.Count;
            if (page.Count < PageSize)
                yield break;

            after = page[^1].Id;
        }
    }

    public static async IAsyncEnumerable<Alert> AllAsync(
        IAlertStore alerts, AlertQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var alert in All(alerts, query))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return alert;
        }

        await Task.CompletedTask;
    }
}
