using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Capture.Sequences;

namespace Kizashi.Wire.Tests.Capture.Sequences;

public sealed class CaptureSequenceTests : IDisposable
{
    private static readonly CaptureSequenceOptions ByTime = new() { Order = CaptureOrder.FirstFrame };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_of_a_directory_are_read_in_the_order_of_their_numbers()
    {
        Write("dump.pcap10", 3);
        Write("dump.pcap2", 2);
        Write("dump.pcap", 1);

        Assert.Equal([1, 2, 3], Read(new CaptureSequence([_folder.Path])));
    }

    [Fact]
    public void Files_can_be_read_in_the_order_of_their_first_frames()
    {
        Write("a.pcap", 30);
        Write("b.pcap.zst", 10);
        Write("c.pcap.gz", 20);

        Assert.Equal([10, 20, 30], Read(new CaptureSequence([_folder.Path], ByTime)));
    }

    [Fact]
    public void Files_and_directories_are_read_in_the_order_given()
    {
        Write("z.pcap", 1);
        Directory.CreateDirectory(_folder.File("sub"));
        Write("sub/y.pcap", 2);
        Write("x.pcap", 3);

        Assert.Equal([1, 2, 3], Read(new CaptureSequence([_folder.File("z.pcap"), _folder.File("sub"), _folder.File("x.pcap")])));
    }

    [Fact]
    public void Files_of_a_directory_that_are_no_captures_are_skipped_by_name()
    {
        Write("a.pcap", 1);
        File.WriteAllText(_folder.File("a.truth.json"), "{}");
        File.WriteAllText(_folder.File(".hidden"), "");
        using var sequence = new CaptureSequence([_folder.Path]);

        Assert.Equal([1], Read(sequence));
        Assert.Equal([_folder.File("a.truth.json")], sequence.Skipped);
    }

    [Fact]
    public void After_a_damaged_file_the_next_is_read_and_the_damage_is_told_at_the_end()
    {
        Write("a.pcap", 1);
        File.AppendAllText(_folder.File("a.pcap"), "torn");
        Write("b.pcap", 2);
        using var sequence = new CaptureSequence([_folder.Path]);

        Assert.Equal([1, 2], Read(sequence, FrameSourceStatus.Damaged));
        Assert.Equal(_folder.File("a.pcap"), sequence.Damage!.File);
        Assert.Equal("record header of 16 bytes expected, 4 left", Assert.Single(sequence.Damages).Reason);
    }

    [Fact]
    public void The_first_of_several_damages_names_the_number_of_the_others()
    {
        File.WriteAllText(_folder.File("a.pcap"), "nothing");
        File.WriteAllText(_folder.File("b.pcap"), "");
        using var sequence = new CaptureSequence([_folder.File("a.pcap"), _folder.File("b.pcap")]);

        Assert.Empty(Read(sequence, FrameSourceStatus.Damaged));
        Assert.Equal("neither pcap nor pcapng: begins with 6e6f7468; damaged files besides: 1", sequence.Damage!.Reason);
    }

    [Fact]
    public void A_path_that_is_not_there_is_refused_at_once() =>
        Assert.Throws<FileNotFoundException>(() => new CaptureSequence([_folder.File("no.pcap")]));

    [Fact]
    public void A_file_that_goes_away_before_its_turn_is_damage()
    {
        Write("a.pcap", 1);
        Write("b.pcap", 2);
        using var sequence = new CaptureSequence([_folder.Path]);
        File.Delete(_folder.File("b.pcap"));

        Assert.Equal([1], Read(sequence, FrameSourceStatus.Damaged));
        Assert.StartsWith("cannot be opened", sequence.Damage!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_covers_all_files()
    {
        for (var i = 0; i < 4; i++)
            Write($"{i}.pcap", i);

        using var sequence = new CaptureSequence([_folder.Path]);
        var block = new FrameBlock();
        Assert.Equal(0, sequence.Progress);
        sequence.Read(block);
        sequence.Read(block);
        Assert.InRange(sequence.Progress!.Value, 0.25, 0.5);
        while (sequence.Read(block) == FrameSourceStatus.Frames)
            continue;

        Assert.Equal(1, sequence.Progress);
    }

    private void Write(string name, long micros)
    {
        using var writer = CaptureWriter.Create(_folder.File(name), LinkType.Ethernet);
        writer.Write(micros, [1, 2, 3]);
    }

    private static List<long> Read(CaptureSequence sequence, FrameSourceStatus end = FrameSourceStatus.End)
    {
        using var closing = sequence;
        var times = new List<long>();
        var block = new FrameBlock();
        FrameSourceStatus status;
        while ((status = sequence.Read(block)) == FrameSourceStatus.Frames)
            times.Add(block.TimeMicros[0]);

        Assert.Equal(end, status);
        return times;
    }
}
