using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Warn.Tests.Doubles;

namespace Kizashi.Warn.Tests.Samples;

public sealed class SampleAttachmentTests
{
    private readonly House _house = new();

    private int Attached => _house.Store.Samples(_house.Store.All[0].Id).Count;

    [Fact]
    public void An_alert_gets_the_recent_packets_of_its_subject_when_it_opens()
    {
        _house.Samples.Add([Given.Packet(1), Given.Packet(2), Given.Packet(3), Given.Packet(4, Address.Parse("10.0.0.1"))]);
        _house.Apply(Given.Scan());

        Assert.Equal(3, Attached);
    }

    [Fact]
    public void An_attacked_network_gets_packets_of_some_of_its_addresses()
    {
        Address[] members = [.. Enumerable.Range(0, 6).Select(host => Address.FromV4(0xCB007100u + (uint)host))];
        _house.Samples.Add([.. members.SelectMany((member, at) => new[] { Given.Packet(at + 1, member, 53, 17), Given.Packet(at + 10, member, 53, 17), Given.Packet(at + 20, member, 99, 17) })]);
        _house.Apply(Given.NetworkAttack(members));

        var attached = _house.Store.Samples(_house.Store.All[0].Id);
        Assert.InRange(attached.Count, 3, 16);
        Assert.All(attached, sample => Assert.True(sample.Port == 53 && members.Contains(sample.Subject)));
        Assert.InRange(attached.Select(sample => sample.Subject).Distinct().Count(), 3, 6);
    }

    [Fact]
    public void Packets_that_come_after_the_opening_are_attached_in_the_next_round()
    {
        _house.Apply(Given.Scan());
        Assert.Equal(0, Attached);

        _house.Samples.Add([Given.Packet(1), Given.Packet(2), Given.Packet(3)]);
        _house.Apply();
        Assert.Equal(3, Attached);
    }

    [Fact]
    public void No_packet_is_attached_twice()
    {
        _house.Samples.Add([Given.Packet(1), Given.Packet(2)]);
        _house.Apply(Given.Scan());
        _house.Samples.Add([Given.Packet(3)]);
        _house.Apply(Given.Scan(packets: 30, to: 20));

        Assert.Equal(3, Attached);
        Assert.Distinct(_house.Store.Samples(_house.Store.All[0].Id).Select(sample => sample.TimeMicros));
    }

    [Fact]
    public void Packets_that_show_what_the_alert_says_come_first()
    {
        _house.Samples.Add([Given.Packet(1, port: 9), .. Enumerable.Range(2, 5).Select(at => Given.Packet(at))]);
        _house.Apply(Given.Scan(port: 23));

        Assert.All(_house.Store.Samples(_house.Store.All[0].Id), sample => Assert.Equal(23, sample.Port));
    }

    [Fact]
    public void The_store_is_asked_when_memory_has_too_few_at_the_end()
    {
        _house.Observations.Stored.AddRange([Given.Packet(1), Given.Packet(2), Given.Packet(3)]);
        _house.Apply(Given.Scan());
        _house.Apply(Given.Scan(state: FindingState.Ended));

        Assert.Equal(3, Attached);
        Assert.Equal(1, _house.Observations.Lookups);
    }

    [Fact]
    public void Look_ups_in_the_store_are_bounded_per_round_and_all_are_made_in_the_end()
    {
        var findings = Enumerable.Range(0, 20)
            .Select(index => Given.Scan($"e{index}", state: FindingState.Ended, source: Address.FromV4(0x0A000000u + (uint)index)))
            .ToList<Finding>();
        _house.Apply(findings);
        Assert.Equal(2, _house.Observations.Lookups);

        for (var round = 0; round < 20; round++)
            _house.Apply();

        Assert.Equal(20, _house.Observations.Lookups);
    }

    [Fact]
    public void At_the_end_of_a_capture_all_look_ups_are_made_at_once()
    {
        var findings = Enumerable.Range(0, 20)
            .Select(index => Given.Scan($"e{index}", state: FindingState.Ended, source: Address.FromV4(0x0A000000u + (uint)index)))
            .ToList<Finding>();
        _house.Apply(findings);
        _house.Book.Complete();

        Assert.Equal(20, _house.Observations.Lookups);
    }

    [Fact]
    public void An_alert_that_goes_on_is_looked_up_after_a_while()
    {
        _house.Observations.Stored.AddRange([Given.Packet(1), Given.Packet(2), Given.Packet(3)]);
        _house.Apply(Given.Scan());
        for (var round = 0; round < 20; round++)
            _house.Apply();

        Assert.Equal(1, _house.Observations.Lookups);
        Assert.Equal(3, Attached);
    }

    [Fact]
    public void An_outbreak_gets_packets_of_several_that_take_part_and_only_those_to_its_ports()
    {
        var sources = Enumerable.Range(1, 20).Select(host => Address.Parse($"198.51.100.{host}")).ToArray();
        _house.Samples.Add([
            .. sources.SelectMany(source => Enumerable.Range(0, 5).Select(at => Given.Packet(at + 1, source))),
            .. sources.Select(source => Given.Packet(0.5, source, port: 80)),
            Given.Packet(1, Address.Parse("203.0.113.9")),
        ]);
        _house.Apply(Given.Outbreak() with { Sources = sources });
        var attached = _house.Store.Samples(_house.Store.All[0].Id);
        Assert.Equal(8, attached.Count);
        Assert.All(attached, sample => Assert.Equal(23, sample.Port));
        Assert.Equal(sources.Take(4), attached.Select(sample => sample.Source).Distinct().OrderBy(source => source.Value));
        Assert.Equal(attached.OrderBy(sample => sample.TimeMicros), attached);
    }

    [Fact]
    public void An_outbreak_of_a_capture_just_read_gets_its_packets_from_the_store()
    {
        _house.Observations.Stored.AddRange([Given.Packet(1), Given.Packet(2), Given.Packet(3, port: 80)]);
        _house.Apply(Given.Outbreak() with { State = FindingState.Ended });
        Assert.Equal(2, Attached);
    }

    [Fact]
    public void Memory_holds_no_more_than_its_bound()
    {
        var house = new House(options => options.SamplesInMemory = 64);
        for (var index = 0u; index < 1000; index++)
            house.Samples.Add([Given.Packet(index, Address.FromV4(index)), Given.Packet(index, Address.FromV4(index))]);

        Assert.Equal(64, house.Samples.Count);
        Assert.Empty(house.Samples.Of(Address.FromV4(1), 0));
        Assert.Equal(2, house.Samples.Of(Address.FromV4(999), 0).Count);
    }

    [Fact]
    public void Of_one_subject_the_first_and_the_latest_are_held()
    {
        for (var at = 0; at < 100; at++)
            _house.Samples.Add([Given.Packet(at)]);

        var held = _house.Samples.Of(Given.Source, 0);
        Assert.Equal(16, held.Count);
        Assert.Equal(Given.Packet(0).TimeMicros, held[0].TimeMicros);
        Assert.Equal(Given.Packet(99).TimeMicros, held[^1].TimeMicros);
    }
}
