namespace Kizashi.Wire.Capture.Sequences;

/// <summary>What is known of a file in a followed directory.</summary>
internal sealed class FollowedFile
{
    private const int HeadBytes = 256;

    private byte[] _takenHead = [];

    public FollowedFile(string path) => Path = path;

    public string Path { get; }

    public long Length { get; private set; } = -1;

    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>When the present length and time of writing were first seen.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    /// <summary>Frames given before the file grew on; a file that is taken again goes on behind them.</summary>
    public long TakenFrames { get; set; }

    /// <summary>Read as it is now.</summary>
    public bool IsTaken { get; private set; }

    public void Observe(FileInfo file, DateTimeOffset now)
    {
        if (file.Length == Length && file.LastWriteTimeUtc == WrittenAt)
            return;

        Length = file.Length;
        WrittenAt = file.LastWriteTimeUtc;
        SeenAt = now;
        IsTaken = false;
    }

    public bool HasSettled(DateTimeOffset now, TimeSpan quiet) => now - SeenAt >= quiet || now - WrittenAt >= quiet;

    /// <summary>Marks the file taken, and finds out whether it is still the one taken before (a ring of files uses names again).</summary>
    public void Take()
    {
        var head = ReadHead();
        if (!head.AsSpan().StartsWith(_takenHead))
            TakenFrames = 0;

        _takenHead = head;
        IsTaken = true;
    }

    private byte[] ReadHead()
    {
        try
        {
            using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var head = new byte[HeadBytes];
            return head[..RandomAccess.Read(file, head, 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Opening it to read will say so.
            return [];
        }
    }
}
