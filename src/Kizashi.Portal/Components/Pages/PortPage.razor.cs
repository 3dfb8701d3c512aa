using System.Globalization;
using Kizashi.Core.Addresses;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Observations;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Forecasts;
using Kizashi.Portal.Language;
using Kizashi.Portal.Overviews;
using Kizashi.Portal.Ports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Kizashi.Portal.Components.Pages;

/// <summary>How a port grows, who asks for it, and with what.</summary>
public sealed partial class PortPage
{
    private const int ShownAlerts = 5;
    private const int ShownHours = 72;
    private const int ShownSources = 20;

    private string? _label;
    private RangeChoice _choice = RangeChoice.Usual;
    private PortView? _view;
    private ChartSpec? _sources;
    private ChartSpec? _packets;
    private ChartSpec? _coming;
    private ChartSpec? _countries;
    private bool _failed;

    [Parameter]
    public string Protocol { get; set; } = "";

    [Parameter]
    public string Number { get; set; } = "";

    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [CascadingParameter]
    private HttpContext? Context { get; set; }

    [Inject]
    internal IForecastBook Forecasts { get; set; } = null!;

    [Inject]
    internal PortReader Reader { get; set; } = null!;

    [Inject]
    internal IAddressBook Book { get; set; } = null!;

    [Inject]
    internal PortalOptions Options { get; set; } = null!;

    private string Here => "/ports/" + Uri.EscapeDataString(Protocol) + "/" + Uri.EscapeDataString(Number);

    private string Tools => ToolsOf(_view!.Sources.Aggregate(PacketMarks.None, (all, source) => all | source.Marks));

    // What was not counted is said: of more sources only the busiest are known.
    private string SourcesTitle => _view!.Sources.Count < PortReader.MostSources
        ? W["port.sources.all", W.Number((long)_view.Sources.Count), W.Minute(_view.SourceRange.From)]
        : W["port.sources.most", W.Number((long)_view.Sources.Count), W.Minute(_view.SourceRange.From)];

    protected override async Task OnParametersSetAsync()
    {
        _label = null;
        if (!PortNames.TryProtocol(Protocol, out var protocol)
            || !ushort.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            NotFoundAnswer.Set(Context);
            return;
        }

        _label = PortNames.Label(protocol, port);
        _coming = Forecasts.Latest?.Series.GetValueOrDefault("port/" + _label) is { } outlook ? ForecastCharts.Coming(outlook, ShownHours, ShownHours, W) : null;
        _choice = RangeChoice.Parse(Range, From, To);
        try
        {
            _view = await Reader.ReadAsync(protocol, port, _choice);
            var mark = _view.Series.Count > 0 && Reader.IsSimulated(Options) ? W["simulated.word"] : null;
            _sources = PortCharts.Sources(_view, W) with { Mark = mark };
            _packets = PortCharts.Packets(_view, W) with { Mark = mark };
            var sources = _view.Sources.Select(source => source.Source).ToArray();
            _countries = CountryBars.Draw(sources, Book, W, "kizashi-port-countries") is { } countries ? countries with { Mark = mark } : null;
            _failed = false;
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException)
        {
            _failed = true;
        }
    }

    private string ToolsOf(PacketMarks marks)
    {
        marks &= ~(PacketMarks.Backscatter | PacketMarks.Fragment | PacketMarks.Spoofed);
        return marks == PacketMarks.None ? W["none"] : marks.ToString();
    }
}
