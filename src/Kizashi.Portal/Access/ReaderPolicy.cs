using Microsoft.AspNetCore.Authorization;

namespace Kizashi.Portal.Access;

/// <summary>The one policy that every page and endpoint asks; roles will refine it.</summary>
public static class ReaderPolicy
{
    public const string Name = "reader";

    /// <summary>Also asked where an endpoint names none.</summary>
    internal static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
}
