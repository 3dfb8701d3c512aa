using Microsoft.AspNetCore.Connections;

namespace Kizashi.Cli.Center;

/// <summary>Marks connections that came over the local socket, whatever their requests claim.</summary>
internal sealed class LocalConnection
{
    private static readonly LocalConnection Instance = new();

    public static ConnectionDelegate Mark(ConnectionDelegate next) => context =>
    {
        context.Features.Set(Instance);
        return next(context);
    };

    public static bool Holds(HttpContext context) => context.Features.Get<LocalConnection>() is not null;
}
