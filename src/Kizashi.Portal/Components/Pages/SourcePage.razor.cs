using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Overviews;
using Microsoft.AspNetCore.Components;

namespace Kizashi.Portal.Components.Pages;

/// <summary>Who an address is, and what else it did.</summary>
public sealed partial class SourcePage
{
    private const int Days = 30;
    private const int MostAlerts = 50;

    private Address? _address;
    private AddressFacts _facts = AddressFacts.Unknown;
    private IReadOnlyList<SourceActivity>? _activity;
    private IReadOnlyList<Alert> _alerts = [];
    private ChartSpec? _chart;
    private IReadOnlyList<CampaignNeighbor> _kin = [];
    private Campaign? _campaign;

    [Parameter]
    public string Text { get; set; } = "";

    [Inject]
    internal IAlertStore Store { get; set; } = null!;

    [Inject]
    internal IObservationStore Observations { get; set; } = null!;

    [Inject]
    internal IAddressBook Book { get; set; } = null!;

    [Inject]
    internal ICampaignBook Campaigns { get; set; } = null!;

    [Inject]
    internal PortalOptions Options { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    private string Tools
    {
        get
        {
            var marks = _activity!.Aggregate(PacketMarks.None, (all, row) => all | row.Marks)
                & ~(PacketMarks.Backscatter | PacketMarks.Fragment);
            return marks == PacketMarks.None ? W["none"] : marks.ToString();
        }
    }

    private string KinTitle => _campaign is not null
        ? W.Count("source.kin.in", _campaign.Sources.Count)
        : _kin.Count > 0 ? W["source.kin.near"] : W["source.kin.none"];

    private string KinReason => Campaigns.Latest?.Report is not { } report
        ? W["campaigns.wait.text"]
        : report.Knows(_address!.Value) ? W["source.kin.alone"] : W["source.kin.few", W.Number((long)report.MinPackets)];

    protected override async Task OnParametersSetAsync()
    {
        _address = Address.TryParse(Uri.UnescapeDataString(Text), out var address) ? address : null;
        if (_address is null)
            return;

        var report = Campaigns.Latest?.Report;
        (_campaign, _kin) = (report?.Of(address), report?.Near(address) ?? []);
        _facts = Book.Lookup(address);
        _alerts = Store.Query(new AlertQuery { Subject = address.ToString(), Most = MostAlerts });
        var end = RangeChoice.Anchor(Observations.Statistics.Latest, Time.GetUtcNow());
        var lastDay = new DateTimeOffset(end.UtcDateTime.Date, TimeSpan.Zero);
        var range = new TimeRange(lastDay.AddDays(1 - Days), lastDay.AddDays(1));
        _activity = await Observations.ActivityAsync(address, range, CancellationToken.None);
        var simulated = Options.DataIsSimulated || Observations.Statistics.HasSimulated;
        _chart = _activity.Count == 0 ? null : SourceChart.Draw(_activity, range, W) with
        {
            Mark = simulated ? W["simulated.word"] : null,
        };
    }
}
