using Kizashi.Core.Addresses;

namespace Kizashi.Cli.Watching;

/// <summary>One attack vector of the summary.</summary>
internal sealed record WatchVictim(
    Address Address, byte Protocol, DateTimeOffset Start, DateTimeOffset End, long Packets, long MaxPpm);
