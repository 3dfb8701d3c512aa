using System.Security.Claims;
using Kizashi.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Kizashi.Portal.Access;

/// <summary>
/// What the sign-in, setup and sign-out forms post to. Antiforgery tokens are demanded by the form bindings.
/// </summary>
internal static class SessionEndpoints
{
    private static readonly Account Nobody = new("", "", "", DateTimeOffset.UnixEpoch);

    // Verified when no account has the name, so that the answer takes as long as for one that exists.
    private static readonly Lazy<string> Decoy = new(() =>
        new PasswordHasher<Account>().HashPassword(Nobody, "no account has this password"));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/session/signin", TakePasswordAsync).AllowAnonymous();
        routes.MapPost("/session/setup", SetupAsync).AllowAnonymous();
        routes.MapPost("/session/signout", SignOutAsync).RequireAuthorization(ReaderPolicy.Name);
    }

    public static Task SignInAsync(HttpContext context, Account account)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, account.Name), new Claim(ClaimTypes.Role, account.Role)],
            CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { IsPersistent = true });
    }

    private static async Task<RedirectHttpResult> TakePasswordAsync(
        HttpContext context,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? back,
        IAccountStore accounts,
        IPasswordHasher<Account> hasher,
        SignInThrottle throttle)
    {
        var remote = context.Connection.RemoteIpAddress?.ToString() ?? "local";
        name = Cut(name?.Trim(), PasswordRules.MaximumNameLength);
        password = Cut(password, PasswordRules.MaximumLength);
        if (throttle.Wait(name, remote) is var wait && wait > TimeSpan.Zero)
            return Again("wait", back, $"&seconds={(int)Math.Ceiling(wait.TotalSeconds)}");

        var account = accounts.Find(name);
        var verified = hasher.VerifyHashedPassword(account ?? Nobody, account?.PasswordHash ?? Decoy.Value, password);
        if (account is null || verified == PasswordVerificationResult.Failed)
        {
            throttle.Failed(name, remote);
            return Again("wrong", back);
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
            accounts.Save(account with { PasswordHash = hasher.HashPassword(account, password) });

        throttle.Succeeded(name, remote);
        await SignInAsync(context, account);
        return TypedResults.Redirect(LocalPath.OrHome(back));
    }

    private static async Task<RedirectHttpResult> SetupAsync(
        HttpContext context,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? again,
        IAccountStore accounts,
        IPasswordHasher<Account> hasher,
        SetupTicket ticket,
        TimeProvider time)
    {
        if (!ticket.IsHeldBy(context) || accounts.Any())
            return TypedResults.Redirect("/setup");

        name = name?.Trim() ?? "";
        if (PasswordRules.Fault(name, password ?? "", again ?? "") is { } fault)
            return TypedResults.Redirect("/setup?fault=" + fault[(fault.LastIndexOf('.') + 1)..]);

        var account = new Account(name, "", "admin", time.GetUtcNow());
        account = account with { PasswordHash = hasher.HashPassword(account, password!) };
        accounts.Save(account);
        SetupTicket.Discard(context);
        await SignInAsync(context, account);
        return TypedResults.Redirect("/");
    }

    // The form value is bound only so that the antiforgery token is demanded.
    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, [FromForm] string? leave)
    {
        _ = leave;
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.Redirect("/signin");
    }

    private static RedirectHttpResult Again(string fault, string? back, string more = "") =>
        TypedResults.Redirect(
            $"/signin?fault={fault}{more}&return={Uri.EscapeDataString(LocalPath.OrHome(back))}");

    private static string Cut(string? text, int length) =>
        text is null ? "" : text.Length > length ? text[..length] : text;
}
