using Microsoft.AspNetCore.Http;

namespace Kizashi.Portal.Components;

/// <summary>Marks the first HTML of a page as "not found" and still sends it.</summary>
internal static class NotFoundAnswer
{
    /// <param name="context">Null once the page is interactive; then there is no status to set.</param>
    public static void Set(HttpContext? context)
    {
        if (context is not { Response.HasStarted: false })
            return;

        // Set earlier, the framework would drop the page and send an empty body.
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
