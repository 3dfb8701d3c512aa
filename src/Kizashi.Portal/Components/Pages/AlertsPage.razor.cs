using System.Globalization;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Assets;
using Kizashi.Portal.Live;
using Kizashi.Portal.Overviews;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Kizashi.Portal.Components.Pages;

/// <summary>The alerts of a filter that stands in the address bar, followed live on its first page.</summary>
public sealed partial class AlertsPage : IDisposable
{
    private readonly HashSet<string> _selected = [];
    private AlertFilter _filter = new();
    private IReadOnlyList<AddressFault> _faults = [];
    private IReadOnlyList<Alert> _rows = [];
    private HashSet<string> _fresh = [];
    private List<SavedView> _views = [];
    private long _total;
    private int _pending;
    private bool _more;
    private string _viewName = "";
    private string _kind = "", _severity = "", _state = "", _ack = "", _text = "";
    private string _subject = "", _country = "", _asn = "", _sensor = "", _order = "";
    private DateTime? _from, _to;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    internal IAlertStore Store { get; set; } = null!;

    [Inject]
    internal ISensorRegistry Sensors { get; set; } = null!;

    [Inject]
    internal IEnumerable<IAlertExporter> Exporters { get; set; } = null!;

    [Inject]
    internal AlertActions Actions { get; set; } = null!;

    [Inject]
    internal LiveUpdates Live { get; set; } = null!;

    [Inject]
    internal Presence Presence { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    [Inject]
    internal IJSRuntime Script { get; set; } = null!;

    [Inject]
    internal AssetCatalog Files { get; set; } = null!;

    private bool IsFirstPage => _filter.After.Length == 0;

    private IEnumerable<string> SensorNames =>
        Sensors.All.Select(sensor => sensor.Name).Append(_filter.Sensor)
            .Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal);

    public void Dispose()
    {
        Live.Arrived -= Take;
        Navigation.LocationChanged -= Moved;
    }

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += Moved;
        ReadAddress();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        Live.Arrived += Take;
        Live.Start();
        await using var module = await ModuleAsync();
        _views = SavedView.Parse(await module.InvokeAsync<string?>("loadViews"));
        StateHasChanged();
    }

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        if (!new Uri(change.Location).AbsolutePath.Equals("/alerts", StringComparison.Ordinal))
            return;

        ReadAddress();
        _ = InvokeAsync(StateHasChanged);
    }

    private void ReadAddress()
    {
        var address = new Uri(Navigation.Uri).Query;
        _filter = AlertFilter.Parse(address);
        _faults = AlertFilter.Faults(address);
        (_kind, _severity, _state, _ack, _text) =
            (_filter.Kind, _filter.Severity, _filter.State, _filter.Acknowledged, _filter.Text);
        (_subject, _country, _asn, _sensor, _order) =
            (_filter.Subject, _filter.Country, _filter.Asn, _filter.Sensor, _filter.Order);
        _from = RangeChoice.TryTime(_filter.From, out var from) ? from.UtcDateTime : null;
        _to = RangeChoice.TryTime(_filter.To, out var to) ? to.UtcDateTime : null;
        var rare = _filter with { Kind = "", Severity = "", State = "", Acknowledged = "", Text = "", After = "" };
        _more = rare != new AlertFilter();
        _selected.Clear();
        _fresh = [];
        Load();
    }

    private void Load()
    {
        var query = _filter.ToQuery(AlertFilter.PageSize);
        _rows = Store.Query(query);
        _total = Store.Count(query with { After = null });
        _pending = 0;
    }

    private void Apply() => Navigation.NavigateTo("/alerts" + new AlertFilter
    {
        Kind = _kind,
        Severity = _severity,
        State = _state,
        Acknowledged = _ack,
        Text = _text.Trim(),
        Subject = _subject.Trim(),
        Country = _country.Trim().ToUpperInvariant(),
        Asn = _asn.Trim(),
        Sensor = _sensor,
        From = Write(_from),
        To = Write(_to),
        Order = _order,
    }.ToQueryString());

    private static string Write(DateTime? time) =>
        time?.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    private void Take(LiveChanges changes)
    {
        if (changes.Alerts && IsFirstPage)
            _ = InvokeAsync(Follow);
    }

    // New rows move the list only when the reader is at its top and holds no selection; else they wait behind a button.
    private void Follow()
    {
        var query = _filter.ToQuery(AlertFilter.PageSize);
        var newest = Store.Query(query);
        _total = Store.Count(query);
        var known = _rows.Select(alert => alert.Id).ToHashSet();
        var arrived = newest.Where(alert => !known.Contains(alert.Id)).Select(alert => alert.Id).ToHashSet();
        if (arrived.Count == 0 || (Presence.IsAtTop && _selected.Count == 0))
        {
            (_rows, _fresh, _pending) = (newest, arrived, 0);
        }
        else
        {
            var changed = newest.ToDictionary(alert => alert.Id);
            _rows = [.. _rows.Select(alert => changed.GetValueOrDefault(alert.Id, alert))];
            _pending = arrived.Count;
        }

        StateHasChanged();
    }

    private void ShowPending()
    {
        _fresh = [];
        Load();
    }

    private void Select(string id, bool on)
    {
        if (on)
            _selected.Add(id);
        else
            _selected.Remove(id);
    }

    private void SelectAll(ChangeEventArgs change)
    {
        _selected.Clear();
        if (change.Value is true)
            _selected.UnionWith(_rows.Select(alert => alert.Id));
    }

    private async Task AcknowledgeSelectedAsync()
    {
        var who = (await Authentication).User.Identity?.Name ?? "";
        foreach (var id in _selected)
            Actions.Acknowledge(id, who);
        _selected.Clear();
        Load();
    }

    private string StateText(Alert alert)
    {
        var state = W[alert.Closed is null ? "state.open" : "state.closed"];
        return alert.Acknowledged is null ? state : W["state.acknowledged", state];
    }

    private async Task SaveViewAsync()
    {
        if (_viewName.Trim() is not { Length: > 0 and <= 60 } name)
            return;

        var saved = new SavedView(name, (_filter with { After = "" }).ToQueryString());
        _views = [.. _views.Where(view => view.Name != name).Append(saved)];
        _viewName = "";
        await StoreViewsAsync();
    }

    private async Task RemoveViewAsync(SavedView view)
    {
        _views.Remove(view);
        await StoreViewsAsync();
    }

    private async Task StoreViewsAsync()
    {
        await using var module = await ModuleAsync();
        await module.InvokeVoidAsync("saveViews", SavedView.Write(_views));
    }

    private ValueTask<IJSObjectReference> ModuleAsync() =>
        Script.InvokeAsync<IJSObjectReference>("import", Files.Url("portal.js"));
}
