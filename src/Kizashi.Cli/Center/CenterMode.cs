namespace Kizashi.Cli.Center;

/// <summary>What a host of the data directory offers.</summary>
internal enum CenterMode
{
    /// <summary>Opens the store for one command; nobody can talk to it.</summary>
    Store,

    /// <summary>As <see cref="Store"/>, and answers on the local socket, so that other commands can look at what this one does.</summary>
    Local,

    /// <summary>As <see cref="Local"/>, and serves the portal, watches the configured interfaces, compacts and expires.</summary>
    Web,
}
