using CsCheck;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Tests.Capture;

public sealed class CaptureVariantTests
{
    [Fact]
    public void Pcap_of_both_byte_orders_and_all_magic_numbers_is_read_as_written() =>
        Gen.Select(TestFrame.Some, Gen.Bool, Choice.Of(0xA1B2C3D4u, 0xA1B23C4Du, 0xA1B2CD34u)).Sample((frames, bigEndian, magic) =>
            AssertRead(frames, CaptureBytes.Pcap(frames, bigEndian, magic)));

    [Fact]
    public void Pcapng_of_both_byte_orders_is_read_as_written() =>
        Gen.Select(TestFrame.Some, Gen.Bool, Choice.Of(2u, 6u), Choice.Of((byte)6, (byte)9)).Sample(
            (frames, bigEndian, block, resolution) => AssertRead(frames, CaptureBytes.Pcapng(frames, bigEndian, block, resolution)));

    [Fact]
    public void Compressed_captures_are_read_as_written() =>
        Gen.Select(TestFrame.Some, Gen.Bool, Gen.Int[0, 5]).Sample(
            (frames, pcapng, packing) =>
            {
                var content = pcapng ? CaptureBytes.Pcapng(frames) : CaptureBytes.Pcap(frames);
                AssertRead(frames, Pack(content, packing));
            },
            iter: 60);

    [Fact]
    public void Our_writer_and_reader_agree() =>
        Gen.Select(TestFrame.Some, Gen.Bool).Sample((frames, nanoseconds) =>
        {
            var file = new MemoryStream();
            using (var writer = new PcapWriter(file, LinkType.Ethernet, nanoseconds, leaveOpen: true))
            {
                foreach (var frame in frames)
                    writer.Write(frame.TimeMicros, frame.Bytes, frame.WireLength);

                writer.Flush();
                Assert.Equal(writer.Length, file.Length);
            }

            AssertRead(frames, file.ToArray());
        });

    [Theory]
    [InlineData("a.pcap")]
    [InlineData("a.pcap.gz")]
    [InlineData("a.pcap.zst")]
    public void The_name_of_a_written_file_says_how_it_is_compressed(string name)
    {
        using var folder = new Kizashi.Testing.TemporaryFolder();
        var frames = TestFrame.Series(20_000);
        using (var writer = CaptureWriter.Create(folder.File(name), LinkType.Ethernet))
            frames.ForEach(frame => writer.Write(frame.TimeMicros, frame.Bytes));

        AssertRead(frames, File.ReadAllBytes(folder.File(name)));
    }

    [Fact]
    public void Simple_packet_blocks_take_the_time_of_the_packet_before_and_the_snap_length_of_the_interface()
    {
        var file = new PcapngBytes(bigEndian: true).Section().Interface((ushort)LinkType.Ethernet, snap: 5);
        file.Packet(6, 0, 77, new TestFrame(0, [1, 2, 3, 4], 9));
        file.Packet(3, 0, 0, new TestFrame(0, [5, 6, 7, 8, 9], 60));
        file.Packet(3, 0, 0, new TestFrame(0, [1, 1, 1], 3));

        var (frames, damage) = CaptureBytes.ReadAll(file.ToArray());

        Assert.Null(damage);
        Assert.Equal([new(77, [1, 2, 3, 4], 9), new(77, [5, 6, 7, 8, 9], 60), new TestFrame(77, [1, 1, 1], 3)], frames);
    }

    [Theory]
    [InlineData(0, 5UL, 0, 5_000_000)]
    [InlineData(3, 1_234_567UL, 0, 1_234_567_000)]
    [InlineData(6, 7UL, 100, 100_000_007)]
    [InlineData(9, 1_999_999_999UL, 0, 1_999_999)]
    [InlineData(12, 5_000_001_999_999UL, 0, 5_000_001)]
    [InlineData(127, ulong.MaxValue, 0, 0)]
    [InlineData(0x80 | 10, 1536UL, 0, 1_500_000)]
    [InlineData(0x80 | 63, 1UL << 63, 0, 1_000_000)]
    [InlineData(0x80 | 64, 1UL << 63, 0, 500_000)]
    [InlineData(0x80 | 127, ulong.MaxValue, 0, 0)]
    [InlineData(6, 5UL, -1000, 0)]
    [InlineData(0, ulong.MaxValue, long.MaxValue, 253_402_300_799_999_999)]
    [InlineData(6, ulong.MaxValue, 0, 253_402_300_799_999_999)]
    public void Time_stamps_follow_the_resolution_and_offset_of_their_interface(int resolution, ulong ticks, long offset, long micros)
    {
        var file = new PcapngBytes(bigEndian: false).Section().Interface(1, resolution: (byte)resolution, offset: offset);
        file.Packet(6, 0, ticks, new TestFrame(0, [1], 1));

        Assert.Equal(micros, CaptureBytes.ReadAll(file.ToArray()).Frames.Single().TimeMicros);
    }

    [Fact]
    public void Sections_of_either_byte_order_and_interfaces_of_different_links_follow_each_other()
    {
        var file = new PcapngBytes(bigEndian: false).Section().Interface(1).Interface((ushort)LinkType.Raw, resolution: 9);
        file.Packet(6, 1, 5000, new TestFrame(0, [1], 1)).Packet(6, 0, 6, new TestFrame(0, [2], 2));
        file.Block(0x0BAD, file.New().Add32(1)).Section(bigEndian: true).Interface((ushort)LinkType.LinuxSll);
        file.Packet(6, 0, 7, new TestFrame(0, [3], 3));

        var (frames, damage) = CaptureBytes.ReadAll(file.ToArray());

        Assert.Null(damage);
        Assert.Equal(
            [new(5, [1], 1, LinkType.Raw), new(6, [2], 2), new TestFrame(7, [3], 3, LinkType.LinuxSll)], frames);
    }

    [Fact]
    public void Unknown_blocks_longer_than_any_buffer_are_skipped()
    {
        var file = new PcapngBytes(bigEndian: false).Section().Interface(1);
        file.Block(0x0BAD, file.New().Add(new byte[3 * FrameBlock.DefaultBytes]));
        file.Packet(6, 0, 7, new TestFrame(0, [3], 3));

        Assert.Equal([new TestFrame(7, [3], 3)], CaptureBytes.ReadAll(file.ToArray()).Frames);
    }

    [Fact]
    public void Frames_of_alternating_links_come_in_blocks_of_one_link_and_none_is_lost()
    {
        var file = new PcapngBytes(bigEndian: false).Section().Interface(1).Interface((ushort)LinkType.Raw);
        var written = TestFrame.Series(30_000, length: 40).Select((frame, i) =>
            frame with { Link = i % 7 < 5 ? LinkType.Ethernet : LinkType.Raw }).ToList();
        foreach (var frame in written)
            file.Packet(6, frame.Link == LinkType.Raw ? 1u : 0, (ulong)frame.TimeMicros, frame);

        AssertRead(written, file.ToArray());
    }

    [Fact]
    public void A_frame_of_the_largest_size_is_read()
    {
        var frames = TestFrame.Series(3, CaptureOptions.MaximumFrameBytes);

        AssertRead(frames, CaptureBytes.Pcap(frames));
        AssertRead(frames, CaptureBytes.Pcapng(frames));
    }

    private static byte[] Pack(byte[] content, int packing) => packing switch
    {
        0 => CaptureBytes.Gzip(content),
        1 => CaptureBytes.Gzip(content, System.IO.Compression.CompressionLevel.Fastest),
        2 => CaptureBytes.StoredGzip(content),
        3 => [.. CaptureBytes.Gzip(content[..(content.Length / 2)]), .. CaptureBytes.Gzip(content[(content.Length / 2)..]), 0, 0, 0],
        4 => CaptureBytes.Zstd(content),
        _ => [.. CaptureBytes.Zstd(content[..10]), .. CaptureBytes.Zstd(content[10..])],
    };

    private static void AssertRead(List<TestFrame> expected, byte[] file)
    {
        var (frames, damage) = CaptureBytes.ReadAll(file);
        Assert.Null(damage);
        Assert.Equal(expected, frames);
    }
}
