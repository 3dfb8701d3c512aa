using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Scans;

/// <summary>One shard's sources of one day, of either address family.</summary>
internal interface ISourceDay
{
    long Sources { get; }

    /// <summary>Shows every source to both rankings.</summary>
    void Rank(TopSources byPackets, TopSources byPorts);

    TopSource? Find(Address source);
}
