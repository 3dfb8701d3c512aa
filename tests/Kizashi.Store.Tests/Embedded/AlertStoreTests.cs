using CsCheck;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;

namespace Kizashi.Store.Tests.Embedded;

public sealed class AlertStoreTests
{
    private static readonly Gen<AlertQuery> Queries =
        from kind in Pick<string?>(null, "darknet.scan", "darknet.", "darknet.sc", "sensor.gap")
        from subject in Pick<string?>(null, "198.51.100.3", "198.51.100.0/28", "sensor-1", "198.51.100.0/24")
        from severity in Pick<Severity?>(null, Severity.Low, Severity.High)
        from minutes in Gen.Int[0, 40]
        from open in Pick<bool?>(null, true, false)
        from acknowledged in Pick<bool?>(null, null, true, false)
        from country in Pick<string?>(null, null, "JP", "")
        from asn in Pick<uint?>(null, null, 64501)
        from rest in Gen.Select(Pick<string?>(null, "south"), Pick<string?>(null, "ärger telnet", "NUMBER 7", "100%"), Gen.Bool, Gen.Int[1, 20])
        select new AlertQuery
        {
            Kind = kind,
            Subject = subject,
            AtLeast = severity,
            From = minutes > 30 ? null : StoreFixture.Noon.AddMinutes(-minutes),
            To = minutes < 10 ? null : StoreFixture.Noon.AddMinutes(-2),
            Open = open,
            Acknowledged = acknowledged,
            Country = country,
            Asn = asn,
            Sensor = rest.Item1,
            Text = rest.Item2,
            NewestFirst = rest.Item3,
            Most = rest.Item4,
        };

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    [Fact]
    public void Every_query_page_by_page_finds_what_looking_at_each_alert_finds()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Alerts;
        store.Save([.. Enumerable.Range(0, 300).Select(number => Alerts.One(number))]);
        foreach (var number in Enumerable.Range(0, 60))
            store.Annotate(Alerts.One(number * 5).Id, alert => alert with { Acknowledged = StoreFixture.Noon, AcknowledgedBy = "ann" });

        var all = store.Query(new AlertQuery { Most = 10_000 });
        Assert.Equal(300, all.Count);
        Queries.Sample(query => Compare(store, all, query), iter: 150, threads: 1);
    }

    [Fact]
    public void What_people_said_outlives_what_the_machine_writes_again()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Alerts;
        var alert = Alerts.One(1);
        store.Save([alert]);
        var note = new AlertNote(StoreFixture.Noon, "ann", "looks true");
        var annotated = store.Annotate(alert.Id, before => before with
        {
            Acknowledged = StoreFixture.Noon,
            AcknowledgedBy = "ann",
            AssignedTo = "bob",
            Verdict = Verdict.True,
            Notes = [note],
        });
        store.Save([alert with { Closed = StoreFixture.Noon, Summary = "over" }]);
        fixture.Reopen();
        var found = fixture.Store.Alerts.Find(alert.Id)!;
        Assert.Equal(("ann", "bob", Verdict.True, "over"), (found.AcknowledgedBy, found.AssignedTo, found.Verdict, found.Summary));
        Assert.Equal(note, Assert.Single(found.Notes));
        Assert.Equal(StoreFixture.Noon, annotated!.Acknowledged);
        Assert.Null(fixture.Store.Alerts.Annotate("nothing", before => before));
    }

    [Fact]
    public void An_alert_comes_back_as_it_was_and_the_same_content_twice_changes_nothing()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Alerts;
        var alerts = Enumerable.Range(0, 20).Select(number => Alerts.One(number)).ToList();
        store.Save(alerts);
        store.Save(alerts);
        Assert.Equal(alerts.Select(Alerts.Json), alerts.Select(alert => Alerts.Json(store.Find(alert.Id)!)));
        Assert.Equal(20, store.Count(new AlertQuery()));
        Assert.Equal(alerts.Where(alert => alert.Closed is null).Select(alert => alert.Id).Order(), store.Open().Select(alert => alert.Id).Order());
    }

    [Fact]
    public void Events_lead_to_the_alert_that_took_them_first()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Alerts;
        var first = Alerts.One(1);
        store.Save([first]);
        store.Save([first with { Evidence = [] }, Alerts.One(2) with { Evidence = first.Evidence }]);
        Assert.Equal(first.Id, store.FindByEvent("event-1")!.Id);
        Assert.Null(store.FindByEvent("event-2"));
    }

    [Fact]
    public void The_newest_alert_of_a_key_is_found_open_or_closed()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Alerts;
        var old = Alerts.One(1);
        var young = Alerts.One(1) with { Id = "YOUNG", Opened = old.Opened.AddDays(1), Closed = old.Opened.AddDays(2) };
        store.Save([young, old]);
        Assert.Equal("YOUNG", store.Latest(old.Kind, old.Subject.Value)!.Id);
        Assert.Null(store.Latest(old.Kind, "192.0.2.99"));
    }

    [Fact]
    public void Of_many_samples_the_earliest_and_the_latest_stay()
    {
        using var fixture = new StoreFixture();
        var store = fixture.Store.Alerts;
        var samples = Enumerable.Range(0, 50).Select(Sample).ToList();
        foreach (var chunk in samples.OrderBy(sample => sample.TimeMicros * 7919 % 50).Chunk(9))
            store.AddSamples("A", chunk);

        store.AddSamples("A", [samples[0]]);
        var kept = store.Samples("A");
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 42, 43, 44, 45, 46, 47, 48, 49], kept.Select(sample => sample.TimeMicros));
        Assert.Equal(samples[^1].Bytes, kept[^1].Bytes);
        Assert.Empty(store.Samples("B"));
    }

    [Fact]
    public void Notes_that_people_add_at_the_same_time_are_all_there()
    {
        using var fixture = new StoreFixture();
        var alert = Alerts.One(1);
        fixture.Store.Alerts.Save([alert]);
        Parallel.For(0, 50, number => fixture.Store.Alerts.Annotate(alert.Id, before => before with
        {
            Notes = [.. before.Notes, new AlertNote(StoreFixture.Noon, "ann", $"{number}")],
        }));
        Assert.Equal(50, fixture.Store.Alerts.Find(alert.Id)!.Notes.Select(note => note.Text).Distinct().Count());
    }

    private static PacketSample Sample(int number) => new()
    {
        TimeMicros = number,
        Subject = Address.FromV4(1),
        Source = Address.FromV4(1),
        Destination = Address.FromV4(2),
        Protocol = 6,
        Port = 23,
        Bytes = [(byte)number, 2],
        WireLength = 40,
    };

    private static void Compare(IAlertStore store, IReadOnlyList<Alert> all, AlertQuery query)
    {
        var matching = all.Where(alert => Matches(alert, query));
        var expected = (query.NewestFirst
            ? matching.OrderByDescending(alert => alert.Opened).ThenByDescending(alert => alert.Id)
            : matching.OrderBy(alert => alert.Opened).ThenBy(alert => alert.Id)).Select(alert => alert.Id).ToList();
        var found = new List<string>();
        for (IReadOnlyList<Alert> page; ; found.AddRange(page.Select(alert => alert.Id)))
        {
            page = store.Query(query with { After = found.LastOrDefault() });
            Assert.True(page.Count <= query.Most);
            if (page.Count == 0)
                break;
        }

        Assert.Equal(expected, found);
        Assert.Equal(expected.Count, store.Count(query));
    }

    private static bool Matches(Alert alert, AlertQuery query) =>
        (query.Kind is null || alert.Kind == query.Kind
            || (query.Kind != "darknet.scan" && alert.Kind.StartsWith(query.Kind, StringComparison.Ordinal)))
        && (query.Subject is null || alert.Subject.Value == query.Subject
            || (Prefix.TryParse(query.Subject, out var prefix) && Address.TryParse(alert.Subject.Value, out var address) && prefix.Contains(address)))
        && (query.AtLeast is null || alert.Severity >= query.AtLeast)
        && (query.From is null || alert.Opened >= query.From)
        && (query.To is null || alert.Opened < query.To)
        && (query.Open is null || alert.Closed is null == query.Open)
        && (query.Acknowledged is null || alert.Acknowledged is not null == query.Acknowledged)
        && (query.Country is null || alert.Facts.Country == query.Country)
        && (query.Asn is null || alert.Facts.Asn == query.Asn)
        && (query.Sensor is null || alert.Sensors.Contains(query.Sensor))
        && (query.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            alert.Summary.Contains(word, StringComparison.InvariantCultureIgnoreCase)
            || alert.Subject.Value.Contains(word, StringComparison.InvariantCultureIgnoreCase));
}
