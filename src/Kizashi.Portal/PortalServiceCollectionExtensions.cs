using Kizashi.Core.Storage;
using Kizashi.Portal.Access;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Assets;
using Kizashi.Portal.Language;
using Kizashi.Portal.Live;
using Kizashi.Portal.Overviews;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kizashi.Portal;

/// <summary>Registers the web pages. The composition root adds the ports of Core that they read.</summary>
public static class PortalServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddPortal(PortalOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            services.AddSingleton(options);
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<AssetCatalog>();
            services.AddSingleton<OverviewReader>();
            services.AddSingleton<Ports.PortReader>();
            services.AddSingleton<Forecasts.Drivers>();
            services.AddSingleton<AlertActions>();
            services.AddScoped<Presence>();
            services.AddScoped<LiveUpdates>();
            services.AddScoped<Viewer>();
            services.AddRazorComponents()
                .AddInteractiveServerComponents()
                .RegisterPersistentService<Viewer>(RenderMode.InteractiveServer);
            services.AddPortalAccess(options);
            return services;
        }

        private void AddPortalAccess(PortalOptions options)
        {
            services.AddSingleton<SignInThrottle>();
            services.AddSingleton<SetupTicket>();
            services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
            services.AddCascadingAuthenticationState();
            services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
                .AddCookie(cookie => Configure(cookie, options));
            services.AddAuthorizationBuilder()
                .AddPolicy(ReaderPolicy.Name, ReaderPolicy.Policy)
                .SetFallbackPolicy(ReaderPolicy.Policy);
            services.AddAntiforgery(antiforgery =>
            {
                antiforgery.Cookie.Name = "kizashi-form";
                antiforgery.SuppressXFrameOptionsHeader = true;
            });
            var protection = services.AddDataProtection().SetApplicationName("Kizashi");
            if (options.KeyFolder is { } folder)
                protection.PersistKeysToFileSystem(new DirectoryInfo(folder));
            else
                protection.UseEphemeralDataProtectionProvider();
        }
    }

    private static void Configure(CookieAuthenticationOptions cookie, PortalOptions options)
    {
        cookie.Cookie.Name = "kizashi-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.SessionLength;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/signin";
        cookie.LogoutPath = "/session/signout";
        cookie.ReturnUrlParameter = "return";
        var redirect = cookie.Events.OnRedirectToLogin;
        cookie.Events.OnRedirectToLogin = context =>
        {
            // Scripts and downloads are told; only people are led to the form.
            if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
                return redirect(context);

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }
}
