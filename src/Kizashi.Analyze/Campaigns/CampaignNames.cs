using System.Globalization;
using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;

namespace Kizashi.Analyze.Campaigns;

/// <summary>Keeps names of campaigns apart, and the same from one report to the next.</summary>
public static class CampaignNames
{
    private const double LeastShare = 0.5;
    private const int MostHours = 90 * 24;

    /// <summary>Numbers those of the same name from the second on.</summary>
    public static IReadOnlyList<Campaign> Distinct(IReadOnlyList<Campaign> campaigns)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. campaigns.Select(campaign => campaign with { Name = Free(campaign.Name, taken) })];
    }

    /// <summary>
    /// A campaign that shares half of the smaller one's sources with an earlier one is that one still: it keeps its name,
    /// its first hour and what is known of how it grew.
    /// </summary>
    /// <param name="now">The report of today.</param>
    /// <param name="before">Campaigns as they were last.</param>
    public static CampaignReport Carry(CampaignReport now, IReadOnlyList<Campaign> before)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(before);
        var heirs = Heirs(now.Campaigns, before);
        var taken = new HashSet<string>(heirs.Values.Select(old => old.Name), StringComparer.Ordinal);
        return now.With(
        [
            .. now.Campaigns.Select((campaign, number) => heirs.TryGetValue(number, out var old)
                ? Continue(campaign, old)
                : campaign with { Name = Free(campaign.Name, taken) }),
        ]);
    }

    // The largest part in common first; each goes on as one, and each was one.
    private static Dictionary<int, Campaign> Heirs(IReadOnlyList<Campaign> now, IReadOnlyList<Campaign> before)
    {
        var homes = new Dictionary<Address, int>();
        for (var number = 0; number < before.Count; number++)
        {
            foreach (var source in before[number].Sources)
                homes[source] = number;
        }

        var pairs = new List<(int Now, int Before, int Common)>();
        for (var number = 0; number < now.Count; number++)
        {
            pairs.AddRange(now[number].Sources.Where(homes.ContainsKey)
                .CountBy(source => homes[source])
                .Where(pair => pair.Value >= LeastShare * Math.Min(now[number].Sources.Count, before[pair.Key].Sources.Count))
                .Select(pair => (number, pair.Key, pair.Value)));
        }

        var (heirs, gone) = (new Dictionary<int, Campaign>(), new HashSet<int>());
        foreach (var (heir, old, _) in pairs.OrderByDescending(pair => pair.Common).ThenBy(pair => pair.Now).ThenBy(pair => pair.Before))
        {
            if (!heirs.ContainsKey(heir) && gone.Add(old))
                heirs[heir] = before[old];
        }

        return heirs;
    }

    // What was known stays; its last hour may not have been over.
    private static Campaign Continue(Campaign campaign, Campaign old)
    {
        var cut = old.Hours.Count > 0 ? old.Hours[^1].Start : DateTimeOffset.MinValue;
        CampaignHour[] hours =
            [.. old.Hours.Where(hour => hour.Start < cut), .. campaign.Hours.Where(hour => hour.Start >= cut)];
        return campaign with
        {
            Name = old.Name,
            First = old.First < campaign.First ? old.First : campaign.First,
            Hours = hours.Length > MostHours ? hours[^MostHours..] : hours,
        };
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name} #{number}");

        return free;
    }
}
