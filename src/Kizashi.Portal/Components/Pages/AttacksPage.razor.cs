using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Attacks;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;
using Kizashi.Portal.Live;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components.Pages;

/// <summary>Who is attacked with the answers of others, and who was.</summary>
public sealed partial class AttacksPage
{
    private const int MostAttacks = 500;
    private const int MostShown = 100;
    private const int MostGroups = 12;
    private const int MostCommands = 4;
    private const int Days = 30;

    private IReadOnlyList<Alert> _now = [];
    private IReadOnlyList<Alert> _past = [];
    private IReadOnlyList<AttackGroup> _groups = [];
    private IReadOnlyList<ChartSpec> _charts = [];
    private bool _isMore;

    [Inject]
    internal IAlertStore Store { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    private string Headline => _now.Count > 0
        ? W.Count("attacks.head", _now.Count)
        : W[_past.Count > 0 ? "attacks.quiet" : "attacks.none"];

    protected override void OnInitialized() => Load();

    private void Load()
    {
        // Of a capture the last days are its own.
        var latest = Store.Query(new AlertQuery { Kind = EventCatalog.ReflectorAttack, Most = 1 });
        var until = latest.Count > 0 && latest[0].LastSeen < Time.GetUtcNow().AddDays(-Days) ? latest[0].LastSeen : Time.GetUtcNow();
        var found = Store.Query(new AlertQuery { Kind = EventCatalog.ReflectorAttack, From = until.AddDays(-Days), Most = MostAttacks });
        _isMore = found.Count == MostAttacks;
        Alert[] attacks = [.. found.Where(attack => attack.MergedInto is null)];
        _now = [.. attacks.Where(attack => attack.Closed is null).OrderByDescending(attack => attack.Details.Number(AlertDetails.Rate) ?? 0)];
        _past = [.. attacks.Where(attack => attack.Closed is not null).OrderByDescending(attack => attack.LastSeen)];
        _groups = AttackGroup.Of(attacks);
        _charts =
        [
            .. new[]
            {
                AttackCharts.Count(attacks, Vectors, "attacks.vector.title", "attacks.vectors", "kizashi-attacks-services", W),
                AttackCharts.Count(attacks, Networks, "attacks.as.title", "attacks.network", "kizashi-attacks-networks", W),
                AttackCharts.Count(attacks, Countries, "attacks.country.title", "chart.place", "kizashi-attacks-countries", W),
            }.OfType<ChartSpec>(),
        ];
    }

    private IEnumerable<(string, string)> Vectors(Alert attack) =>
        attack.Details.Texts(AlertDetails.Ports).Select(port => (W.Port(port), PortNames.Href(port) ?? "/alerts"));

    private static IEnumerable<(string, string)> Networks(Alert attack) => attack.Facts.Asn == 0
        ? []
        : [($"AS{attack.Facts.Asn} {attack.Facts.AsName}".Trim(), $"/alerts?kind={EventCatalog.ReflectorAttack}&asn={attack.Facts.Asn}")];

    private IEnumerable<(string, string)> Countries(Alert attack) => attack.Facts.Country.Length == 0
        ? []
        : [(W.Country(attack.Facts.Country), $"/alerts?kind={EventCatalog.ReflectorAttack}&country={attack.Facts.Country}")];

    private string Services(Alert attack) => AlertSentence.Ports(attack, W);

    private protected override Task UpdateAsync(LiveChanges changes)
    {
        if (changes.Alerts)
        {
            Load();
            StateHasChanged();
        }

        return Task.CompletedTask;
    }
}
