using System.Net;

namespace Kizashi.Observe.Reflectors;

/// <summary>A service whose answers a real server gives.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Server">Where the operator's server is.</param>
public sealed record ReflectorProxy(string Service, IPEndPoint Server);
