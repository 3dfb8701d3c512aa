using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope.Recording;
using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class RecorderTests
{
    [Fact]
    public void What_was_recorded_reads_back_the_same()
    {
        using var folder = new TemporaryFolder();
        using (var recorder = new CaptureRecorder(new() { Folder = folder.Path, Waits = true }, TimeProvider.System))
        {
            using var source = new RecordingSource(CaptureFile.Open(Corpus.Capture("mirai-sandbox-2019.pcap")), recorder);
            Runs.Over(source);
        }

        var file = Assert.Single(Directory.GetFiles(folder.Path));
        Assert.EndsWith(".pcap.zst", file, StringComparison.Ordinal);
        using var again = CaptureFile.Open(file);
        Assert.Equal(Runs.Capture("mirai-sandbox-2019.pcap").Kept.MergedFlows, Runs.Over(again).Kept.MergedFlows);
    }

    [Fact]
    public void Files_turn_with_packet_time_and_the_oldest_go_when_all_are_too_big()
    {
        using var folder = new TemporaryFolder();
        var options = new RecorderOptions
        {
            Folder = folder.Path,
            Waits = true,
            FileSpan = TimeSpan.FromSeconds(10),
            TotalBytes = 64 * 1024,
        };
        using (var recorder = new CaptureRecorder(options, TimeProvider.System))
        {
            Record(recorder, Enumerable.Range(0, 20).Select(number => (PacketGen.Start + (number * 10_000_000L), Noise(number))));
        }

        var files = new DirectoryInfo(folder.Path).GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        Assert.InRange(files.Count, 2, 19);
        Assert.InRange(files.Sum(file => file.Length), 1, 64 * 1024);
        Assert.Contains("-0019.pcap.zst", files[^1].Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_disk_stops_recording_is_counted_and_recording_goes_on_later()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        var place = folder.File("captures");
        using var recorder = new CaptureRecorder(new() { Folder = place, Waits = true }, time);
        Directory.Delete(place);
        Record(recorder, [(PacketGen.Start, Noise(1))]);
        SpinWait.SpinUntil(() => recorder.Status.Problem is not null, TimeSpan.FromSeconds(20));
        Assert.Contains("stopped", recorder.Status.Problem, StringComparison.Ordinal);
        Assert.Equal(1, recorder.Status.Lost);

        Directory.CreateDirectory(place);
        Record(recorder, [(PacketGen.Start, Noise(2))]);
        SpinWait.SpinUntil(() => recorder.Status.Lost == 2, TimeSpan.FromSeconds(20));
        Assert.Equal(2, recorder.Status.Lost);

        time.Advance(TimeSpan.FromSeconds(11));
        Record(recorder, [(PacketGen.Start, Noise(3))]);
        recorder.Dispose();
        Assert.Equal(new RecorderStatus(1, 2, 1, null), recorder.Status);
    }

    [Fact]
    public void The_unfinished_file_of_a_killed_run_is_kept()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("telescope-20260101T000000.000000Z-0000.pcap.zst.part"), "");
        using (new CaptureRecorder(new() { Folder = folder.Path }, TimeProvider.System))
        {
            Assert.True(File.Exists(folder.File("telescope-20260101T000000.000000Z-0000.pcap.zst")));
        }
    }

    private static void Record(CaptureRecorder recorder, IEnumerable<(long, byte[])> frames)
    {
        using var source = new RecordingSource(new FrameList([.. frames]), recorder);
        var block = new FrameBlock();
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
        }
    }

    // Bytes that do not compress, so that sizes are what they seem.
    private static byte[] Noise(int seed)
    {
        var payload = new byte[9000];
        new Random(seed).NextBytes(payload);
        return FrameBuilder.Ip(Address.Parse("203.0.113.5"), Address.Parse("192.0.2.1"), 50, payload);
    }
}
