using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Kizashi.Portal.Access;

/// <summary>
/// A short-lived, protected cookie that stands for a setup link already used, so that the token leaves the address
/// bar at once.
/// </summary>
internal sealed class SetupTicket(IDataProtectionProvider protection)
{
    public const string CookieName = "kizashi-setup";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(20);
    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Kizashi.Portal.SetupTicket").ToTimeLimitedDataProtector();

    public void Issue(HttpContext context) => context.Response.Cookies.Append(
        CookieName,
        _protector.Protect(OneTimeLinks.Setup, Lifetime),
        new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = Lifetime,
        });

    public bool IsHeldBy(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { } cookie)
            return false;

        try
        {
            return _protector.Unprotect(cookie) == OneTimeLinks.Setup;
        }
        catch (CryptographicException)
        {
            // Expired, forged, or of other keys: the same as none.
            return false;
        }
    }

    public static void Discard(HttpContext context) => context.Response.Cookies.Delete(CookieName);
}
