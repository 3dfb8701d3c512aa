using System.Text.Json.Nodes;
using Kizashi.Analyze.Forecasting.Watching;
using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Tests.Forecasting.Watching;

public sealed class EventCountsTests
{
    [Fact]
    public void Events_are_counted_by_each_word_of_a_list_and_numbers_are_summed()
    {
        var events = Count("events", "details.ports", """{"details":{"ports":["udp/53","udp/123","udp/53"]}}""", """{"details":{"ports":["udp/53"]}}""");
        Assert.Equal([("udp/123", 1), ("udp/53", 2)], events.Counts.Select(count => (count.Key, count.Value)).Order());
        var sums = Count("details.attempts", "", """{"details":{"attempts":7}}""", """{"details":{"attempts":2.5}}""");
        Assert.Equal(9.5, sums.Counts[""]);
    }

    [Fact]
    public void What_has_no_such_word_or_number_is_no_event_of_it()
    {
        Assert.Empty(Count("details.attempts", "", """{"details":{"attempts":"many"}}""", """{"details":3}""", "{}").Counts);
        Assert.Empty(Count("events", "facts.country", """{"facts":{"country":""}}""", """{"facts":{"country":{}}}""", """{"facts":null}""").Counts);
        Assert.Empty(Count("events", "name", $$"""{"name":"{{new string('a', 500)}}"}""").Counts);
    }

    [Fact]
    public void Whoever_chooses_the_words_cannot_fill_the_memory()
    {
        var counts = new EventCounts(Declared("events", "name"));
        for (var number = 0; number < 100_003; number++)
            counts.Add(new JsonObject { ["name"] = $"n{number}" });

        Assert.Equal((100_000, 3), (counts.Counts.Count, counts.LeftOut));
    }

    private static SeriesDeclaration Declared(string count, string by) => new() { Name = "a", Over = SeriesOrigin.Alerts, Count = count, By = by };

    private static EventCounts Count(string count, string by, params string[] events)
    {
        var counts = new EventCounts(Declared(count, by));
        foreach (var written in events)
            counts.Add(JsonNode.Parse(written)!.AsObject());

        return counts;
    }
}
