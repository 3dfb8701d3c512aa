using System.Net;

namespace Kizashi.Cli.Center;

/// <summary>Answers only requests for this host's own names, so that a foreign page cannot reach the portal by DNS rebinding.</summary>
internal sealed class HostNameGuard(RequestDelegate next, SettingsMonitor settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var name = context.Request.Host.Host.Trim('[', ']');
        if (IPAddress.TryParse(name, out _) || name is "localhost" || settings.Current.Center.HostNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("This name is not among Center:HostNames.", context.RequestAborted);
    }
}
