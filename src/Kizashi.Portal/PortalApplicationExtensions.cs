using Kizashi.Core.Storage;
using Kizashi.Portal.Access;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Assets;
using Kizashi.Portal.Components;
using Kizashi.Portal.Language;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kizashi.Portal;

/// <summary>Puts the web pages into an application.</summary>
public static class PortalApplicationExtensions
{
    extension(WebApplication application)
    {
        /// <summary>
        /// Adds the portal's middleware and endpoints. Endpoints mapped beside them need a sign-in unless they say
        /// otherwise.
        /// </summary>
        public WebApplication MapPortal()
        {
            application.Use(SecurityHeaders.AddAsync);
            application.UseAuthentication();
            application.UseAuthorization();
            application.UseAntiforgery();
            application.Use(ReadViewerAsync);
            application.Use(TakeLinkAsync);
            AssetEndpoints.Map(application);
            SessionEndpoints.Map(application);
            AlertEndpoints.Map(application);
            // The framework would add a weaker policy of its own beside ours.
            application.MapRazorComponents<App>()
                .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
            return application;
        }
    }

    private static Task ReadViewerAsync(HttpContext context, RequestDelegate next)
    {
        context.RequestServices.GetRequiredService<Viewer>().Read(context.Request);
        return next(context);
    }

    /// <summary>A one-time link is used up by its first visit and leaves the address bar at once.</summary>
    private static async Task TakeLinkAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/setup" || context.Request.Query["token"] is not { Count: > 0 } token)
        {
            await next(context);
            return;
        }

        var services = context.RequestServices;
        var accounts = services.GetRequiredService<IAccountStore>();
        var purpose = OneTimeLinks.Take(accounts, token[0], services.GetRequiredService<TimeProvider>());
        if (purpose == OneTimeLinks.Setup)
        {
            services.GetRequiredService<SetupTicket>().Issue(context);
            context.Response.Redirect("/setup");
        }
        else if (OneTimeLinks.AccountOf(purpose ?? "") is { } name && accounts.Find(name) is { } account)
        {
            await SessionEndpoints.SignInAsync(context, account);
            context.Response.Redirect("/");
        }
        else
        {
            context.Response.Redirect("/signin?fault=link");
        }
    }
}
