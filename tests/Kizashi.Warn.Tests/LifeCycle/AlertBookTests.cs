using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;
using Kizashi.Warn.Tests.Doubles;

namespace Kizashi.Warn.Tests.LifeCycle;

public sealed class AlertBookTests
{
    private readonly House _house = new();

    private Alert Only => Assert.Single(_house.Store.All);

    [Fact]
    public void A_finding_opens_an_alert_at_the_time_of_the_traffic()
    {
        _house.Apply(Given.Scan(to: 10));

        Assert.Equal(Given.At(10), Only.Opened);
        Assert.Equal(Given.At(0), Only.FirstSeen);
        Assert.Null(Only.Closed);
        Assert.Equal(["t1"], Only.Sensors);
        Assert.Equal(OneFact.Facts, Only.Facts);
        Assert.Equal(25, (long)Only.Details[AlertDetails.Packets]!);
    }

    [Fact]
    public void The_id_is_sixteen_characters_of_base_32_and_the_same_in_any_run()
    {
        var other = new House();
        _house.Apply(Given.Scan());
        other.Apply(Given.Scan(packets: 99, to: 50));

        Assert.Matches(@"\A[0-9A-HJKMNP-TV-Z]{16}\z", Only.Id);
        Assert.Equal(Only.Id, Assert.Single(other.Store.All).Id);
    }

    [Fact]
    public void The_first_event_names_the_alert_in_whatever_order_shards_deliver()
    {
        var other = new House();
        _house.Apply(Given.Scan("a", from: 0), Given.Scan("b", port: 80, from: 1));
        other.Apply(Given.Scan("b", port: 80, from: 1), Given.Scan("a", from: 0));

        Assert.Equal(Json(Only), Json(Assert.Single(other.Store.All)));
    }

    [Fact]
    public void An_attack_that_turns_out_to_be_part_of_one_on_its_network_is_closed_and_merged_into_it()
    {
        _house.Apply(Given.Reflected());
        var network = Kizashi.Core.Addresses.Prefix.Parse("203.0.113.0/24");
        var whole = Given.Reflected(800) with { EventId = "n", Victim = network, Victims = 40, PerSecond = 2.5 };
        var part = Given.Reflected() with { State = FindingState.Ended, PartOf = new WiderAttack(network, "n") };
        _house.Apply(whole, part);

        var (wide, single) = (_house.Store.All.Single(alert => alert.Subject.Kind == SubjectKind.Prefix), _house.Store.All.Single(alert => alert.Subject.Kind == SubjectKind.Address));
        Assert.Equal(wide.Id, single.MergedInto);
        Assert.NotNull(single.Closed);
        Assert.Equal(("203.0.113.0/24", null, null), (wide.Subject.Value, wide.Closed, wide.MergedInto));
        Assert.Equal(OneFact.Facts, wide.Facts);
        Assert.Contains("spread over at least 40 addresses", wide.Summary, StringComparison.Ordinal);

        // The rate is as it is now, not as it was at most.
        _house.Apply(whole with { Requests = 900, PerSecond = 0.5 });
        Assert.Equal(0.5, (double)_house.Store.All.Single(alert => alert.Subject.Kind == SubjectKind.Prefix).Details[AlertDetails.Rate]!);
    }

    [Fact]
    public void The_same_findings_again_change_nothing()
    {
        Finding[] findings = [Given.Scan("a"), Given.Scan("b", port: 80), Given.Victim(), Given.OwnHost(), Given.Gap(5), Given.Aggressive()];
        _house.Apply(findings);
        var (before, saves) = (_house.Store.All.Select(Json).ToList(), _house.Store.Saves);

        _house.Apply(findings);
        _house.Restart();
        _house.Apply(findings);

        Assert.Equal(before, _house.Store.All.Select(Json));
        Assert.Equal(saves, _house.Store.Saves);
        Assert.Empty(_house.Feed.Heard);
    }

    [Fact]
    public void Growth_of_an_event_is_counted_once()
    {
        _house.Apply(Given.Scan("a", packets: 25), Given.Scan("b", packets: 10, port: 80));
        _house.Apply(Given.Scan("a", packets: 40, to: 20));

        Assert.Equal(50, (long)Only.Details[AlertDetails.Packets]!);
        Assert.Equal(["tcp/23", "tcp/80"], Only.Details[AlertDetails.Ports]!.AsArray().Select(port => (string)port!));
        Assert.Equal(Given.At(20), Only.Updated);
        Assert.Equal(2, Only.Evidence.Count);
    }

    [Fact]
    public void Two_events_make_the_destinations_a_lower_bound()
    {
        _house.Apply(Given.Scan("a"));
        Assert.False((bool)Only.Details[AlertDetails.DestinationsAtLeast]!);

        _house.Apply(Given.Scan("b", port: 80));
        Assert.True((bool)Only.Details[AlertDetails.DestinationsAtLeast]!);
    }

    [Fact]
    public void It_closes_when_all_its_events_have_ended()
    {
        _house.Apply(Given.Scan("a"), Given.Scan("b", port: 80));
        _house.Apply(Given.Scan("a", state: FindingState.Ended));
        Assert.Null(Only.Closed);

        _house.Apply(Given.Scan("b", port: 80, to: 30, state: FindingState.Ended));
        Assert.Equal(Given.At(30), Only.Closed);
    }

    [Fact]
    public void After_the_end_a_new_event_opens_a_new_alert_that_names_the_last()
    {
        _house.Apply(Given.Scan("a", state: FindingState.Ended));
        _house.Apply(Given.Scan("b", from: 5000, to: 5010));

        var (first, second) = (_house.Store.FindByEvent("a")!, _house.Store.FindByEvent("b")!);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.Id, second.Previous);
        Assert.Null(first.Previous);
    }

    [Fact]
    public void An_event_of_a_closed_alert_never_opens_another()
    {
        _house.Apply(Given.Scan("a", packets: 50, state: FindingState.Ended));
        _house.Restart();
        _house.Apply(Given.Scan("a", packets: 30));
        _house.Apply(Given.Scan("a", packets: 50));

        Assert.NotNull(Only.Closed);
        Assert.Equal(50, (long)Only.Details[AlertDetails.Packets]!);
    }

    [Fact]
    public void An_event_that_grows_after_its_end_opens_its_alert_again()
    {
        _house.Apply(Given.Scan("a", packets: 50, state: FindingState.Ended));
        _house.Apply(Given.Scan("a", packets: 70, to: 99));

        Assert.Null(Only.Closed);
        Assert.Equal(70, (long)Only.Details[AlertDetails.Packets]!);
    }

    [Fact]
    public void An_old_event_that_grows_leaves_its_alert_closed_when_a_newer_one_is_open()
    {
        _house.Apply(Given.Scan("a", packets: 50, state: FindingState.Ended));
        _house.Apply(Given.Scan("b", from: 5000, to: 5010));
        _house.Apply(Given.Scan("a", packets: 70, to: 99));

        Assert.Equal(Given.At(99), _house.Store.FindByEvent("a")!.Closed);
        Assert.Null(_house.Store.FindByEvent("b")!.Closed);
    }

    [Fact]
    public void A_thousand_ports_keep_64_pieces_of_evidence_and_forget_no_event()
    {
        var findings = Enumerable.Range(1, 1000).Select(port => Given.Scan($"e{port:0000}", port: (ushort)port)).ToList<Finding>();
        _house.Apply(findings);
        _house.Apply(findings);

        Assert.Equal(64, Only.Evidence.Count);
        Assert.Equal(936, Only.EvidenceDropped);
        Assert.Equal(25_000, (long)Only.Details[AlertDetails.Packets]!);
        Assert.True((bool)Only.Details[AlertDetails.PacketsAtLeast]!);
        Assert.Equal(256, Only.Details[AlertDetails.Ports]!.AsArray().Count);
        Assert.All(findings, finding => Assert.Equal(Only.Id, _house.Store.FindByEvent(finding.EventId)!.Id));
    }

    [Fact]
    public void Ended_events_leave_first_so_that_growth_is_still_counted()
    {
        _house.Apply(Given.Scan("long", packets: 10));
        for (var port = 1; port <= 400; port++)
            _house.Apply(Given.Scan($"e{port}", packets: 10, port: (ushort)port, from: port, to: port, state: FindingState.Ended));

        _house.Apply(Given.Scan("long", packets: 1000, to: 500));

        Assert.Equal(5000, (long)Only.Details[AlertDetails.Packets]!);
        Assert.Null(Only.Details[AlertDetails.PacketsAtLeast]);
        Assert.Contains(Only.Evidence, evidence => evidence.EventId == "long");
    }

    [Fact]
    public void Alerts_beyond_the_bound_in_memory_wait_in_the_store()
    {
        var house = new House(options => options.OpenInMemory = 16);
        var findings = Enumerable.Range(0, 100).Select(index => Given.Scan(
            $"e{index}", source: Core.Addresses.Address.FromV4(0x0A000000u + (uint)index))).ToList<Finding>();
        house.Apply(findings);
        house.Apply([.. findings.Cast<ScanFinding>().Select(scan => scan with { Packets = 40 })]);
        house.Apply([.. findings.Cast<ScanFinding>().Select(scan => scan with { Packets = 40, State = FindingState.Ended })]);

        Assert.Equal(100, house.Store.All.Count);
        Assert.All(house.Store.All, alert => Assert.NotNull(alert.Closed));
        Assert.All(house.Store.All, alert => Assert.Equal(40, (long)alert.Details[AlertDetails.Packets]!));
    }

    [Fact]
    public void A_store_that_fails_is_tried_again_and_nothing_is_lost_or_doubled()
    {
        _house.Store.Failure = new IOException("disk full");
        _house.Apply(Given.Scan("a", state: FindingState.Ended));
        _house.Apply(Given.Scan("a", state: FindingState.Ended), Given.Victim());
        Assert.Empty(_house.Store.All);
        Assert.Equal(2, _house.Feed.Heard.Count);

        _house.Store.Failure = null;
        _house.Apply();

        Assert.Equal(2, _house.Store.All.Count);
        Assert.Equal(25, (long)_house.Store.FindByEvent("a")!.Details[AlertDetails.Packets]!);
    }

    [Fact]
    public void Changes_are_published_once_with_their_newness()
    {
        _house.Apply(Given.Scan(packets: 25));
        _house.Apply(Given.Scan(packets: 30, to: 11));

        Assert.Equal([true, false], _house.Feed.Heard.Select(change => change.IsNew));
        Assert.Contains("30 packets", _house.Feed.Heard[^1].Alert.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_growth_waits_for_ten_seconds_or_a_tenth_more_packets_or_the_end()
    {
        _house.Apply(Given.Scan(packets: 100, to: 10));
        _house.Apply(Given.Scan(packets: 109, to: 19.9));
        Assert.Equal(100, (long)Only.Details[AlertDetails.Packets]!);

        _house.Apply(Given.Scan(packets: 110, to: 19.9));
        Assert.Equal(110, (long)Only.Details[AlertDetails.Packets]!);

        _house.Apply(Given.Scan(packets: 111, to: 29.9));
        Assert.Equal(111, (long)Only.Details[AlertDetails.Packets]!);

        _house.Apply(Given.Scan(packets: 112, to: 30));
        _house.Book.Complete();
        Assert.Equal(112, (long)Only.Details[AlertDetails.Packets]!);

        _house.Apply(Given.Scan(packets: 113, to: 31, state: FindingState.Ended));
        Assert.Equal(113, (long)Only.Details[AlertDetails.Packets]!);
        Assert.Equal(5, _house.Feed.Heard.Count);
    }

    [Fact]
    public void What_people_added_is_in_the_machines_next_word()
    {
        _house.Apply(Given.Scan(packets: 25));
        _house.Feed.Publish(new AlertChanged(Only with { AcknowledgedBy = "ann", Acknowledged = Given.At(12) }, IsNew: false));
        _house.Apply(Given.Scan(packets: 30, to: 11));

        Assert.Equal("ann", _house.Feed.Heard[^1].Alert.AcknowledgedBy);
        Assert.Equal(30, (long)_house.Feed.Heard[^1].Alert.Details[AlertDetails.Packets]!);
    }

    [Fact]
    public void Stale_alerts_are_closed_when_asked()
    {
        _house.Apply(Given.Scan("a"), Given.Scan("b", from: 5000, to: 5010, source: Core.Addresses.Address.Parse("2001:db8::1")));

        Assert.Equal(1, _house.Book.CloseStale(Given.At(100)));
        Assert.Equal(Given.At(10), _house.Store.FindByEvent("a")!.Closed);
        Assert.Null(_house.Store.FindByEvent("b")!.Closed);
    }

    private static string Json(Alert alert) => JsonSerializer.Serialize(alert, KizashiJson.Options);
}
