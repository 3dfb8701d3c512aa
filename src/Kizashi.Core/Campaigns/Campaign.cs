using Kizashi.Core.Addresses;

namespace Kizashi.Core.Campaigns;

/// <summary>Sources that do the same at the same time.</summary>
/// <param name="Name">
/// Its ports, the tool that marks it if any, and its first day, such as "tcp/23+tcp/2323 mirai 2026-11-23"; no two of a
/// report share it.
/// </param>
/// <param name="Sources">All of them, in rising order.</param>
/// <param name="Ports">Those that a tenth of its sources ask for, most asked first.</param>
/// <param name="Tools">Fingerprints of at least half of its sources.</param>
/// <param name="First">Start of the first hour in which any of them sent anything.</param>
/// <param name="Last">End of the last.</param>
/// <param name="Packets">Of all its sources.</param>
/// <param name="Hours">How it grew, in order; hours without any of its sources are left out.</param>
public sealed record Campaign(
    string Name, IReadOnlyList<Address> Sources, IReadOnlyList<string> Ports, IReadOnlyList<string> Tools, DateTimeOffset First,
    DateTimeOffset Last, long Packets, IReadOnlyList<CampaignHour> Hours);
