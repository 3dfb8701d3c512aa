using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Capture.Sequences;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Wire.Tests.Capture.Sequences;

public sealed class CaptureFollowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CaptureSequence _sequence;
    private readonly FrameBlock _block = new();

    public CaptureFollowTests() =>
        _sequence = new CaptureSequence(
            [_folder.Path], new CaptureSequenceOptions { Follow = true, IdleWait = TimeSpan.Zero, Time = _time });

    public void Dispose()
    {
        _sequence.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_file_is_taken_when_it_has_not_grown_for_a_while()
    {
        Assert.Empty(Taken());
        Write("a.pcap", 1);

        Assert.Empty(Taken());
        Pass(9);
        Assert.Empty(Taken());
        Pass(1);
        Assert.Equal([1], Taken());
        Assert.Empty(Taken());
    }

    [Fact]
    public void A_file_with_a_newer_one_beside_it_is_taken_after_a_second()
    {
        Write("a.pcap", 1);
        Assert.Empty(Taken());
        Pass(5);
        Write("b.pcap", 2);

        Assert.Equal([1], Taken());
        Pass(9);
        Assert.Empty(Taken());
        Pass(1);
        Assert.Equal([2], Taken());
    }

    [Fact]
    public void A_growing_file_is_left_until_it_rests()
    {
        Write("a.pcap", 1);
        for (var more = 2; more < 6; more++)
        {
            Pass(9);
            Write("a.pcap", [.. Enumerable.Range(1, more).Select(i => (long)i)]);
            Assert.Empty(Taken());
        }

        Pass(10);
        Assert.Equal([1, 2, 3, 4, 5], Taken());
    }

    [Fact]
    public void Of_a_file_that_grew_after_it_was_taken_only_the_new_frames_are_given()
    {
        Write("a.pcap", 1, 2);
        Pass(10);
        Assert.Equal([1, 2], Taken());

        Write("a.pcap", 1, 2, 3, 4);
        Assert.Empty(Taken());
        Pass(10);
        Assert.Equal([3, 4], Taken());
        Assert.Equal(2, _block.Position);
    }

    [Fact]
    public void A_file_that_grew_goes_on_under_its_number_and_other_files_get_others()
    {
        Write("a.pcap", 1, 2);
        Pass(10);
        Assert.Equal([1, 2], Taken());
        Assert.Equal(0, _block.FileNumber);

        Write("a.pcap", 1, 2, 3);
        Assert.Empty(Taken());
        Pass(10);
        Assert.Equal([3], Taken());
        Assert.Equal(0, _block.FileNumber);

        Write("b.pcap", 4);
        Pass(10);
        Assert.Equal([4], Taken());
        Assert.Equal(1, _block.FileNumber);

        Write("a.pcap", 1, 2, 3, 5);
        Assert.Empty(Taken());
        Pass(10);
        Assert.Equal([5], Taken());
        Assert.Equal(2, _block.FileNumber);
    }

    [Fact]
    public void A_name_used_again_for_another_file_is_another_file()
    {
        Write("ring.pcap", 1, 2);
        Pass(10);
        Assert.Equal([1, 2], Taken());

        Write("ring.pcap", 7, 8, 9);
        Assert.Empty(Taken());
        Pass(10);
        Assert.Equal([7, 8, 9], Taken());
        Assert.Equal(1, _block.FileNumber);
    }

    [Fact]
    public void A_record_that_was_cut_is_no_damage_any_more_once_it_is_whole()
    {
        Write("a.pcap", 1, 2);
        var whole = File.ReadAllBytes(_folder.File("a.pcap"));
        File.WriteAllBytes(_folder.File("a.pcap"), whole[..^2]);
        Stamp("a.pcap");
        Pass(10);
        Assert.Equal([1], Taken());
        Assert.Single(_sequence.Damages);

        File.WriteAllBytes(_folder.File("a.pcap"), whole);
        Stamp("a.pcap");
        Assert.Empty(Taken());
        Pass(10);
        Assert.Equal([2], Taken());
        Assert.Empty(_sequence.Damages);
    }

    [Fact]
    public void Compressed_files_are_followed_too_and_others_are_not_touched()
    {
        Write("a.pcap.zst", 1);
        File.WriteAllText(_folder.File("notes.txt"), "text");
        Stamp("notes.txt");
        Pass(10);

        Assert.Equal([1], Taken());
        Assert.Empty(_sequence.Damages);
    }

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private void Write(string name, params long[] times)
    {
        using (var writer = CaptureWriter.Create(_folder.File(name), LinkType.Ethernet))
        {
            foreach (var micros in times)
                writer.Write(micros, [1, 2, 3]);
        }

        Stamp(name);
    }

    private void Stamp(string name) => File.SetLastWriteTimeUtc(_folder.File(name), _time.GetUtcNow().UtcDateTime);

    private List<long> Taken()
    {
        var times = new List<long>();
        while (_sequence.Read(_block) == FrameSourceStatus.Frames)
            times.AddRange(_block.TimeMicros.AsSpan(0, _block.Count));

        return times;
    }
}
