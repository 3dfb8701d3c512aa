using System.Globalization;
using Kizashi.Wire.Capture;
using ZstdSharp;

namespace Kizashi.Observe.Telescope.Recording;

/// <summary>The file being recorded: a zstd pcap that bears the ending .part until it is whole.</summary>
internal sealed class RecordingFile : IDisposable
{
    public const string Ending = ".pcap.zst";
    public const string PartEnding = ".part";

    // The fastest level: a wire must be kept up with, and packets shrink little more at higher ones.
    private const int Level = 1;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly PcapWriter _writer;
    private readonly long _started;

    public RecordingFile(RecorderOptions options, LinkType link, long startMicros, long number)
    {
        var start = DateTimeOffset.UnixEpoch.AddMicroseconds(startMicros);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{options.Name}-{start:yyyyMMdd'T'HHmmss.ffffff'Z'}-{number:D4}{Ending}");
        _path = Path.Combine(options.Folder, name);
        (Link, _started) = (link, startMicros);
        _file = new FileStream(_path + PartEnding, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _writer = new PcapWriter(new CompressionStream(_file, Level, leaveOpen: false), link);
    }

    public LinkType Link { get; }

    public long Bytes => _file.Position;

    public bool IsDue(RecorderOptions options, LinkType link, long micros) =>
        link != Link || Bytes >= options.FileBytes || micros - _started >= options.FileSpan.Ticks / TimeSpan.TicksPerMicrosecond;

    public void Write(long micros, ReadOnlySpan<byte> frame, int wireLength) => _writer.Write(micros, frame, wireLength);

    /// <summary>Ends the file and gives it its name.</summary>
    public void Complete()
    {
        _writer.Dispose();
        File.Move(_path + PartEnding, _path, overwrite: true);
    }

    /// <summary>Gives the file up, as after a full disk.</summary>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The disk is full still: what could not be written is given up with the file, and was counted by the caller.
            _file.Dispose();
        }

        File.Delete(_path + PartEnding);
    }
}
