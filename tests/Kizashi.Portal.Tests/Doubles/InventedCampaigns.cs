using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Two invented campaigns and one source in none.</summary>
public sealed class InventedCampaigns : ICampaignBook
{
    public const string Botnet = "tcp/23+tcp/2323 mirai 2026-11-23";
    public const string Small = "tcp/5555 2026-11-24";

    private const int BotnetSources = 120;
    private const int SmallSources = 9;

    public CampaignSnapshot? Latest { get; set; }

    public void Invent(DateTimeOffset now)
    {
        var end = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var sources = Enumerable.Range(0, BotnetSources + SmallSources + 1)
            .Select(number => Address.FromV4(0xC6336400u + (uint)number)).ToArray();
        var labels = sources.Select((_, number) => number < BotnetSources ? 0 : number < BotnetSources + SmallSources ? 1 : -1).ToArray();
        var near = sources.Select((_, number) => (IReadOnlyList<SourceNeighbor>)
            [.. Enumerable.Range(1, 5).Select(step => new SourceNeighbor((number + step) % sources.Length, 1 - (step / 20.0)))]).ToArray();
        Campaign[] campaigns =
        [
            new(Botnet, sources[..BotnetSources], ["tcp/23", "tcp/2323"], ["mirai"], end.AddHours(-20), end, 48_213, Hours(end, 20, 6)),
            new(Small, sources[BotnetSources..^1], ["tcp/5555", "icmp"], [], end.AddHours(-3), end, 312, Hours(end, 3, 3)),
        ];
        Latest = new CampaignSnapshot(
            new CampaignReport(sources, labels, near, campaigns) { MinPackets = 3, LeftOut = 12 },
            new TimeRange(end.AddDays(-1), end), TimeSpan.FromSeconds(2));
    }

    // One hour in the middle is silent.
    private static CampaignHour[] Hours(DateTimeOffset end, int hours, int each) =>
    [
        .. Enumerable.Range(0, hours).Where(hour => hour != 1)
            .Select(hour => new CampaignHour(end.AddHours(hour - hours), each * (hour + 1), each)),
    ];
}
