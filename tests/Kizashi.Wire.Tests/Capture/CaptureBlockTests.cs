using System.IO.Pipes;
using CsCheck;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Tests.Capture;

public sealed class CaptureBlockTests
{
    private static readonly byte[] Large = CaptureBytes.Pcap(TestFrame.Series(20_000));

    [Fact]
    public void Blocks_do_not_depend_on_how_the_bytes_come_in() =>
        Gen.Select(Gen.Int, Gen.Int[1, 100_000], Gen.Int[0, 2]).Sample(
            (seed, most, packing) =>
            {
                var packed = packing switch { 0 => Large, 1 => CaptureBytes.Gzip(Large), _ => CaptureBytes.Zstd(Large) };
                Assert.Equal(Places(new MemoryStream(Large)), Places(new DribblingStream(packed, seed, Math.Max(most, 500))));
            },
            iter: 20);

    [Fact]
    public void Positions_count_the_frames_before_and_hashes_name_the_content_up_to_the_end()
    {
        var places = Places(new MemoryStream(Large));

        Assert.True(places.Count > 2);
        var position = 0L;
        var end = 24;
        foreach (var (at, count, hash) in places)
        {
            end += count * 76;
            Assert.Equal(position, at);
            Assert.Equal(System.IO.Hashing.XxHash128.HashToUInt128(Large.AsSpan(0, end)), hash);
            position += count;
        }

        Assert.Equal(20_000, position);
    }

    [Fact]
    public void Different_content_gives_different_hashes()
    {
        var other = (byte[])Large.Clone();
        other[100] ^= 1;

        Assert.NotEqual(Places(new MemoryStream(Large))[0].Hash, Places(new MemoryStream(other))[0].Hash);
    }

    [Fact]
    public void Several_blocks_may_be_filled_in_turn()
    {
        using var source = CaptureFile.Open(new MemoryStream(Large), "test");
        var blocks = new[] { new FrameBlock(), new FrameBlock(), new FrameBlock() };
        foreach (var block in blocks)
            Assert.Equal(FrameSourceStatus.Frames, source.Read(block));

        var first = blocks[0].Frame(0).ToArray();
        Assert.Equal(TestFrame.Series(1)[0].Bytes, first);
        Assert.Equal(blocks[0].Count + blocks[1].Count, blocks[2].Position);
        Assert.Equal(TestFrame.Series((int)blocks[2].Position + 1)[^1].Bytes, blocks[2].Frame(0));
    }

    [Fact]
    public void A_pipe_whose_writer_pauses_has_given_what_it_brought()
    {
        var frames = TestFrame.Series(100);
        var content = CaptureBytes.Pcap(frames);
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var reading = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        using var source = CaptureFile.Open(reading, "pipe", new CaptureOptions { Patience = TimeSpan.Zero });
        var block = new FrameBlock();
        Assert.Equal(FrameSourceStatus.Idle, source.Read(block));

        // Half a record more than ten frames: it is kept for the next block.
        pipe.Write(content.AsSpan(0, 24 + (10 * 76) + 30));
        Assert.Equal([.. frames[..10]], Next(source, block));
        Assert.Equal((FrameSourceStatus.Idle, 0), (source.Read(block), block.Count));

        pipe.Write(content.AsSpan(24 + (10 * 76) + 30));
        Assert.Equal([.. frames[10..]], Next(source, block));
        Assert.Equal(10, block.Position);
        pipe.Dispose();
        Assert.Empty(Next(source, block));
        Assert.Equal(FrameSourceStatus.End, source.Read(block));
    }

    [Fact]
    public void A_pipe_may_be_let_go_while_its_writer_is_silent()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var reading = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        var source = CaptureFile.Open(reading, "pipe");

        Assert.Equal(FrameSourceStatus.Idle, source.Read(new FrameBlock()));
        source.Dispose();
    }

    [Fact]
    public void Reading_any_length_takes_no_more_memory()
    {
        using var source = CaptureFile.Open(new RepeatedCaptureStream(600_000_000), "endless", new CaptureOptions { Patience = null });
        var block = new FrameBlock();
        for (var i = 0; i < 50; i++)
            source.Read(block);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = 0L;
        while (source.Read(block) == FrameSourceStatus.Frames)
            frames += block.Count;

        Assert.True(frames > 7_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Progress_goes_from_nothing_to_all()
    {
        using var source = CaptureFile.Open(new MemoryStream(Large), "test");
        var block = new FrameBlock();
        var last = 0.0;
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            Assert.InRange(source.Progress!.Value, last, 1);
            last = source.Progress.Value;
        }

        Assert.Equal(1, source.Progress);
    }

    /// <summary>Frames of the next reads up to as many as are there; none at the end.</summary>
    private static List<TestFrame> Next(IFrameSource source, FrameBlock block)
    {
        FrameSourceStatus status;
        do
            status = source.Read(block);
        while (status == FrameSourceStatus.Idle);

        return [.. Enumerable.Range(0, block.Count).Select(i => new TestFrame(block.TimeMicros[i], block.Frame(i).ToArray(), block.WireLength[i]))];
    }

    private static List<(long Position, int Count, UInt128 Hash)> Places(Stream stream)
    {
        using var source = CaptureFile.Open(stream, "test", new CaptureOptions { Patience = TimeSpan.FromMinutes(5) });
        var places = new List<(long, int, UInt128)>();
        var block = new FrameBlock();
        FrameSourceStatus status;
        while ((status = source.Read(block)) is FrameSourceStatus.Frames or FrameSourceStatus.Idle)
        {
            if (status == FrameSourceStatus.Frames)
                places.Add((block.Position, block.Count, block.ContentHash));
        }

        Assert.Null(source.Damage);
        return places;
    }
}
