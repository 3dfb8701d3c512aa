using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Attacks;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Forecasts;
using Kizashi.Portal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;

namespace Kizashi.Portal.Components.Pages;

/// <summary>Why one should believe an alert, and what to do.</summary>
public sealed partial class AlertPage
{
    private const int MostSimilar = 6;
    private const int EnoughPackets = 3;
    private const int MostAlike = 500;
    private const int MostPortLinks = 12;

    private Alert? _alert;
    private IReadOnlyList<PacketSample> _samples = [];
    private IReadOnlyList<Alert> _similar = [];
    private ChartSpec? _growth;
    private ChartSpec? _coming;
    private ChartSpec? _ties;
    private OutbreakSpread? _spread;
    private IReadOnlyList<Alert> _alike = [];
    private string _comment = "";

    [Parameter]
    public string Id { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Context { get; set; }

    [Inject]
    internal IForecastBook Forecasts { get; set; } = null!;

    [Inject]
    internal IAlertStore Store { get; set; } = null!;

    [Inject]
    internal ISensorRegistry Sensors { get; set; } = null!;

    [Inject]
    internal IAddressBook Book { get; set; } = null!;

    [Inject]
    internal IEnumerable<IAlertExporter> Exporters { get; set; } = null!;

    [Inject]
    internal AlertActions Actions { get; set; } = null!;

    protected override void OnParametersSet() => Load();

    private void Load()
    {
        _alert = Id.Length <= 64 ? Store.Find(Id) : null;
        if (_alert is null)
        {
            NotFoundAnswer.Set(Context);
            return;
        }

        _samples = Store.Samples(_alert.Id);
        _similar = Similar(_alert);
        var isOutbreak = _alert.Kind == EventCatalog.DarknetOutbreak;
        _growth = isOutbreak ? OutbreakCharts.Growth(_alert, W) : _alert.Kind == EventCatalog.ReflectorAttack ? AttackCharts.Rate(_alert, W) : null;
        _coming = isOutbreak && Forecasts.Latest?.Outbreaks.FirstOrDefault(outbreak => outbreak.Alert == _alert.Id) is { } outlook
            ? OutbreakForecastCharts.Growth(outlook, W) with { Mark = _alert.Simulated ? W["simulated.word"] : null }
            : null;
        _alike = Alike(_alert);
        _ties = isOutbreak ? OutbreakCharts.Ties(_alert, W) : null;
        _spread = isOutbreak ? OutbreakSpread.Of(_alert, Sensors.All) : null;
    }

    private string SpreadTitle(OutbreakSpread spread) => spread switch
    {
        { Sites: [var only] } => W["spread.one", only.Sensor],
        { Locality: null } => W["spread.title", spread.Sites[0].Sensor],
        { IsLocal: true } => W["spread.local", spread.Sites.MaxBy(site => site.Rate)!.Sensor],
        _ => W["spread.global", spread.Sites[0].Sensor],
    };

    // Whoever makes requests in the same way attacks others too.
    private List<Alert> Alike(Alert alert)
    {
        if (alert.Details.Text(AlertDetails.Fingerprint) is not { } fingerprint)
            return [];

        return
        [
            .. Store.Query(new AlertQuery { Kind = alert.Kind, Most = MostAlike })
                .Where(other => other.Id != alert.Id && other.Details.Text(AlertDetails.Fingerprint) == fingerprint)
                .Take(MostSimilar),
        ];
    }

    // First the same subject, whatever it did; then the same deed from the same network.
    private List<Alert> Similar(Alert alert)
    {
        var same = Store.Query(new AlertQuery { Subject = alert.Subject.Value, Most = MostSimilar + 1 });
        var network = alert.Facts.Asn == 0
            ? []
            : Store.Query(new AlertQuery { Kind = alert.Kind, Asn = alert.Facts.Asn, Most = MostSimilar + 1 });
        var previous = alert.Previous is { } id && Store.Find(id) is { } before ? [before] : Array.Empty<Alert>();
        return
        [
            .. previous.Concat(same).Concat(network).Where(other => other.Id != alert.Id)
                .DistinctBy(other => other.Id).Take(MostSimilar),
        ];
    }

    private protected override Task UpdateAsync(LiveChanges changes)
    {
        // Its packets may be attached after it was opened, which is no change of the alert.
        if (changes.Alerts || _samples.Count < EnoughPackets)
            Refresh();

        return Task.CompletedTask;
    }

    private void Refresh()
    {
        if (Store.Find(Id) == _alert && (_samples.Count >= EnoughPackets || Store.Samples(Id).Count == _samples.Count))
            return;

        Load();
        StateHasChanged();
    }

    private async Task DoAsync(Func<string, string, Alert?> deed)
    {
        var who = (await Authentication).User.Identity?.Name ?? "";
        _alert = deed(Id, who) ?? _alert;
    }

    private async Task CommentAsync()
    {
        var text = _comment;
        _comment = "";
        await DoAsync((id, who) => Actions.Comment(id, who, text));
    }
}
