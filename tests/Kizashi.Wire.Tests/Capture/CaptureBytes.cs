using System.Buffers.Binary;
using System.IO.Compression;
using Kizashi.Wire.Capture;
using ZstdSharp;

namespace Kizashi.Wire.Tests.Capture;

/// <summary>Capture files written by the tests' own hand, in every variant that is read.</summary>
public static class CaptureBytes
{
    public static byte[] Pcap(IReadOnlyList<TestFrame> frames, bool bigEndian = false, uint magic = 0xA1B2C3D4, uint link = 1)
    {
        var file = new EndianBytes(bigEndian);
        file.Add32(magic).Add16(2).Add16(4).Add32(0).Add32(0).Add32(262144).Add32(link);
        foreach (var frame in frames)
        {
            var (seconds, micros) = Math.DivRem(frame.TimeMicros, 1_000_000);
            file.Add32((uint)seconds).Add32((uint)(magic == 0xA1B23C4D ? micros * 1000 : micros));
            file.Add32((uint)frame.Bytes.Length).Add32((uint)frame.WireLength);
            if (magic == 0xA1B2CD34)
                file.Add32(3).Add32(0);

            file.Add(frame.Bytes);
        }

        return file.ToArray();
    }

    public static byte[] Pcapng(IReadOnlyList<TestFrame> frames, bool bigEndian = false, uint packetBlock = 6, byte resolution = 6)
    {
        var file = new PcapngBytes(bigEndian).Section();
        file.Interface((ushort)LinkType.Ethernet, resolution: resolution);
        foreach (var frame in frames)
            file.Packet(packetBlock, 0, (ulong)frame.TimeMicros * (resolution == 9 ? 1000UL : 1), frame);

        return file.ToArray();
    }

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level))
            gzip.Write(content);

        return target.ToArray();
    }

    public static byte[] Zstd(byte[] content)
    {
        var target = new MemoryStream();
        using (var zstd = new CompressionStream(target, 3, leaveOpen: true))
            zstd.Write(content);

        return target.ToArray();
    }

    /// <summary>Frames of all blocks in order, with the source's end.</summary>
    public static (List<TestFrame> Frames, CaptureDamage? Damage) ReadAll(byte[] content) => ReadAll(new MemoryStream(content));

    public static (List<TestFrame> Frames, CaptureDamage? Damage) ReadAll(Stream stream)
    {
        using var source = CaptureFile.Open(stream, "test");
        return ReadAll(source);
    }

    public static (List<TestFrame> Frames, CaptureDamage? Damage) ReadAll(IFrameSource source)
    {
        var frames = new List<TestFrame>();
        var block = new FrameBlock();
        while (source.Read(block) is FrameSourceStatus.Frames or FrameSourceStatus.Idle)
        {
            for (var i = 0; i < block.Count; i++)
                frames.Add(new TestFrame(block.TimeMicros[i], block.Frame(i).ToArray(), block.WireLength[i], block.Link));
        }

        return (frames, source.Damage);
    }

    /// <summary>The CRC-32 of gzip or none: a hand-made gzip member of stored blocks.</summary>
    public static byte[] StoredGzip(byte[] content, byte flags = 0, byte[]? optional = null)
    {
        var file = new EndianBytes(bigEndian: false);
        file.Add([0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 255]).Add(optional ?? []);
        for (var at = 0; at < content.Length || at == 0; at += 65535)
        {
            var length = Math.Min(65535, content.Length - at);
            file.Add([(byte)(at + length >= content.Length ? 1 : 0)]).Add16((ushort)length).Add16((ushort)~length);
            file.Add(content.AsSpan(at, length).ToArray());
        }

        return file.Add32(System.IO.Hashing.Crc32.HashToUInt32(content)).Add32((uint)content.Length).ToArray();
    }

    public static uint ReadLittle32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
