using System.Net;
using Kizashi.Observe.Reflectors;

namespace Kizashi.SensorHost;

/// <summary>A service and the real server that answers for it, as people type it: dns=127.0.0.1:5300.</summary>
internal static class ProxyText
{
    public static ReflectorProxy? Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && IPEndPoint.TryParse(text.AsSpan(at + 1), out var server) && server.Port > 0
            ? new ReflectorProxy(text[..at], server)
            : null;
    }
}
