using CsCheck;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Tests.Capture;

public sealed class CaptureDamageTests
{
    private static readonly List<TestFrame> Frames = TestFrame.Series(20);

    [Fact]
    public void An_empty_file_says_that_it_is_empty() =>
        Assert.Equal("test: damaged at byte 0: the file is empty", CaptureBytes.ReadAll([]).Damage!.ToString());

    [Fact]
    public void Compressed_nothing_is_empty_too()
    {
        Assert.Equal("the file is empty", CaptureBytes.ReadAll(CaptureBytes.Gzip([])).Damage!.Reason);
        Assert.Equal("the file is empty", CaptureBytes.ReadAll(CaptureBytes.Zstd([])).Damage!.Reason);
    }

    [Fact]
    public void What_is_no_capture_is_said_with_its_first_bytes() =>
        Assert.Equal("neither pcap nor pcapng: begins with 48656c6c", CaptureBytes.ReadAll("Hello"u8.ToArray()).Damage!.Reason);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_truncation_gives_all_frames_before_and_one_reason(bool pcapng)
    {
        var file = pcapng ? CaptureBytes.Pcapng(Frames) : CaptureBytes.Pcap(Frames);
        var ends = Ends(file, pcapng);
        for (var length = 1; length < file.Length; length++)
        {
            var (frames, damage) = CaptureBytes.ReadAll(file[..length]);

            Assert.Equal(ends.Count(end => end <= length), frames.Count);
            Assert.Equal(Frames[..frames.Count], frames);
            var isWhole = ends.Contains(length) || (pcapng ? length is 28 or 28 + 24 : length == 24);
            Assert.Equal(isWhole, damage is null);
        }
    }

    [Fact]
    public void Every_truncation_of_gzip_gives_what_zcat_would_and_the_reason()
    {
        var content = CaptureBytes.Pcap(Frames);
        foreach (var packed in new[] { CaptureBytes.Gzip(content), CaptureBytes.StoredGzip(content) })
        {
            var last = 0;
            for (var length = 2; length < packed.Length; length++)
            {
                var (frames, damage) = CaptureBytes.ReadAll(packed[..length]);
                Assert.Equal("gzip data damaged: the data ends in the middle", damage!.Reason);
                Assert.InRange(frames.Count, last, Frames.Count);
                Assert.Equal(Frames[..frames.Count], frames);
                last = frames.Count;
            }

            Assert.Equal(Frames.Count, last);
        }
    }

    [Fact]
    public void Every_truncation_of_zstd_gives_the_blocks_before_and_the_reason()
    {
        var content = CaptureBytes.Pcap(TestFrame.Series(4000));
        var packed = CaptureBytes.Zstd(content);
        var last = 0;
        for (var length = 4; length < packed.Length; length += Math.Max(1, (packed.Length - length) / 50))
        {
            var (frames, damage) = CaptureBytes.ReadAll(packed[..length]);
            Assert.Equal("zstd data ends in the middle", damage!.Reason);
            Assert.InRange(frames.Count, last, 4000);
            last = frames.Count;
        }

        // Blocks hold 128 KiB: of 304 KB at least two are whole before the last byte.
        Assert.InRange(last, ((2 * 128 * 1024) - 24) / 76, 4000);
    }

    [Fact]
    public void A_damaged_block_of_gzip_loses_nothing_before_it()
    {
        var written = TestFrame.Series(20_000);
        var content = CaptureBytes.Pcap(written);
        var packed = CaptureBytes.StoredGzip(content);
        const int block = 12;
        packed[10 + (block * (65535 + 5)) + 1] ^= 1;

        var (frames, damage) = CaptureBytes.ReadAll(packed);

        Assert.Equal("gzip data damaged: a stored block whose length is contradicted", damage!.Reason);
        Assert.Equal(((block * 65535) - 24) / 76, frames.Count);
        Assert.Equal(written[..frames.Count], frames);
    }

    [Fact]
    public void A_damaged_block_of_zstd_loses_nothing_before_it()
    {
        var written = TestFrame.Series(20_000);
        var packed = CaptureBytes.Zstd(CaptureBytes.Pcap(written));
        var block = ZstdBlock(packed, 8);
        var before = CaptureBytes.ReadAll(packed[..block]).Frames.Count;
        packed[block] |= 6;

        var (frames, damage) = CaptureBytes.ReadAll(packed);

        Assert.StartsWith("zstd data damaged: ", damage!.Reason, StringComparison.Ordinal);
        Assert.InRange(before, 4000, 16_000);
        Assert.Equal(before, frames.Count);
        Assert.Equal(written[..frames.Count], frames);
    }

    [Fact]
    public void A_wrong_checksum_of_gzip_is_damage_after_all_frames()
    {
        var packed = CaptureBytes.Gzip(CaptureBytes.Pcap(Frames));
        packed[^6] ^= 1;

        var (frames, damage) = CaptureBytes.ReadAll(packed);

        Assert.Equal(Frames, frames);
        Assert.Equal("gzip data damaged: the checksum is not that of the content", damage!.Reason);
    }

    [Fact]
    public void Optional_fields_of_a_gzip_header_are_skipped()
    {
        var content = CaptureBytes.Pcap(Frames);
        byte[] optional = [3, 0, 1, 2, 3, .. "name\0comment\0"u8, 0, 0];

        Assert.Equal(Frames, CaptureBytes.ReadAll(CaptureBytes.StoredGzip(content, 0x1E, optional)).Frames);
    }

    [Fact]
    public void The_real_capture_whose_last_record_is_cut_is_read_to_there()
    {
        var census = CaptureCensus.Take(Corpus.Capture("mirai-sandbox-2019.pcap"));

        Assert.Equal(8919, census.Packets);
        Assert.Equal("record of 82 bytes announced, 5 left", census.Damage!.Reason);
        Assert.Equal(755_691, census.Damage.Offset);
    }

    [Fact]
    public void An_announced_frame_of_more_than_256_KiB_is_damage()
    {
        var file = CaptureBytes.Pcap([.. Frames, new TestFrame(0, new byte[CaptureOptions.MaximumFrameBytes + 1], 300_000), .. Frames]);

        var (frames, damage) = CaptureBytes.ReadAll(file);

        Assert.Equal(Frames, frames);
        Assert.Equal("record of 262145 bytes announced, more than 262144", damage!.Reason);
        Assert.Equal(24 + (20 * 76), damage.Offset);
    }

    [Theory]
    [InlineData(147)]
    [InlineData(65535)]
    public void A_link_type_that_is_not_decoded_is_said(int link)
    {
        Assert.Equal($"link type {link} is not supported", CaptureBytes.ReadAll(CaptureBytes.Pcap(Frames, link: (uint)link)).Damage!.Reason);
        var pcapng = new PcapngBytes(bigEndian: false).Section().Interface((ushort)link).Packet(6, 0, 0, Frames[0]).ToArray();
        Assert.Equal($"link type {link} is not supported", CaptureBytes.ReadAll(pcapng).Damage!.Reason);
    }

    [Fact]
    public void Frames_of_an_unsupported_interface_beside_a_supported_one_are_given_and_counted()
    {
        var pcapng = new PcapngBytes(bigEndian: false).Section().Interface(147).Interface(1)
            .Packet(6, 0, 0, Frames[0]).Packet(6, 1, 0, Frames[1]).ToArray();

        var (frames, damage) = CaptureBytes.ReadAll(pcapng);

        Assert.Null(damage);
        Assert.Equal([(LinkType)147, LinkType.Ethernet], frames.Select(frame => frame.Link));
    }

    [Theory]
    [InlineData("packet of interface 1, which is not described")]
    [InlineData("packet of 99 bytes announced in a block with 4")]
    [InlineData("block of 13 bytes announced")]
    [InlineData("block whose lengths differ: 36 before, 37 after")]
    [InlineData("section header without a byte order")]
    [InlineData("interface description of 16 bytes, 20 needed")]
    [InlineData("packet block of 16 bytes, 32 needed")]
    [InlineData("packet of 262145 bytes announced, more than 262144")]
    [InlineData("block of 524292 bytes announced, more than 524288")]
    public void Damage_of_pcapng_is_named_after_the_frames_before_it(string reason)
    {
        var file = new PcapngBytes(bigEndian: false).Section().Interface(1).Packet(6, 0, 0, Frames[0]);
        var good = file.ToArray().Length;

        var (frames, damage) = CaptureBytes.ReadAll(Damaged(file, reason));

        Assert.Equal(Frames[0].Bytes, Assert.Single(frames).Bytes);
        Assert.Equal((good, reason), ((int)damage!.Offset, damage.Reason));
    }

    [Fact]
    public void Damage_is_answered_again_and_again()
    {
        using var source = CaptureFile.Open(new MemoryStream([1, 2, 3, 4, 5]), "test");
        var block = new FrameBlock();
        for (var i = 0; i < 3; i++)
            Assert.Equal(FrameSourceStatus.Damaged, source.Read(block));
    }

    private static byte[] Damaged(PcapngBytes file, string reason)
    {
        var four = new TestFrame(0, [1, 2, 3, 4], 4);
        EndianBytes Header(uint captured) => file.New().Add32(0).Add64(0).Add32(captured).Add32(captured);
        var good = file.ToArray().Length;
        switch (reason)
        {
            case ['p', .., 'd'] when reason.Contains("interface 1", StringComparison.Ordinal):
                return file.Packet(6, 1, 0, four).ToArray();
            case "packet of 99 bytes announced in a block with 4":
                return file.Block(6, Header(99).Add32(0)).ToArray();
            case "block of 13 bytes announced":
                return [.. file.ToArray(), 6, 0, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0];
            case "section header without a byte order":
                return [.. file.ToArray(), 0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 1, 2, 3, 4];
            case "interface description of 16 bytes, 20 needed":
                return file.Block(1, file.New().Add32(1)).ToArray();
            case "packet block of 16 bytes, 32 needed":
                return file.Block(6, file.New().Add32(1)).ToArray();
            case "packet of 262145 bytes announced, more than 262144":
                return file.Block(6, Header(262145).Add(new byte[262148])).ToArray();
            case "block of 524292 bytes announced, more than 524288":
                return file.Block(6, file.New().Add(new byte[524280])).ToArray();
            default:
                var bytes = file.Packet(6, 0, 0, four).ToArray();
                bytes[good + 32]++;
                return bytes;
        }
    }

    /// <summary>Where a block's header is (RFC 8878 section 3.1.1.2), in a frame with a window descriptor and no content size.</summary>
    private static int ZstdBlock(byte[] packed, int block)
    {
        var at = 6;
        for (; block > 0; block--)
        {
            var header = packed[at] | (packed[at + 1] << 8) | (packed[at + 2] << 16);
            at += 3 + (((header >> 1) & 3) == 1 ? 1 : header >> 3);
        }

        return at;
    }

    private static List<int> Ends(byte[] file, bool pcapng)
    {
        var ends = new List<int>();
        for (var at = pcapng ? 28 + 24 : 24; at < file.Length;)
        {
            at += pcapng ? (int)CaptureBytes.ReadLittle32(file, at + 4) : 16 + (int)CaptureBytes.ReadLittle32(file, at + 8);
            ends.Add(at);
        }

        return ends;
    }
}
