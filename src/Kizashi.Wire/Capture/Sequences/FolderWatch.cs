namespace Kizashi.Wire.Capture.Sequences;

/// <summary>Finds the files of followed directories that are ready to be read.</summary>
/// <remarks>It remembers what is in the directories, and forgets what has gone.</remarks>
internal sealed class FolderWatch
{
    private readonly IReadOnlyList<string> _folders;
    private readonly CaptureSequenceOptions _options;
    private Dictionary<string, FollowedFile> _files = new(StringComparer.Ordinal);

    public FolderWatch(IReadOnlyList<string> folders, CaptureSequenceOptions options)
    {
        _folders = folders;
        _options = options;
    }

    /// <summary>The next file in order, or null while none is ready.</summary>
    public FollowedFile? Next()
    {
        var now = _options.Time.GetUtcNow();
        var present = new Dictionary<string, FollowedFile>(StringComparer.Ordinal);
        FollowedFile? next = null;
        foreach (var folder in _folders)
        {
            var files = Observe(folder, now, present);
            var newest = files.Count == 0 ? default : files.Max(file => file.WrittenAt);
            next ??= files.Find(file => IsReady(file, now, newest));
        }

        _files = present;
        return next;
    }

    private List<FollowedFile> Observe(string folder, DateTimeOffset now, Dictionary<string, FollowedFile> present)
    {
        var files = new List<FollowedFile>();
        foreach (var path in CaptureFolder.Files(folder))
        {
            var file = _files.GetValueOrDefault(path) ?? new FollowedFile(path);
            var found = new FileInfo(path);
            if (!found.Exists)
                continue;

            file.Observe(found, now);
            present[path] = file;
            files.Add(file);
        }

        return files;
    }

    private bool IsReady(FollowedFile file, DateTimeOffset now, DateTimeOffset newest)
    {
        if (file.IsTaken || file.Length == 0)
            return false;

        var quiet = file.WrittenAt < newest && _options.SettleWithNewer < _options.Settle ? _options.SettleWithNewer : _options.Settle;
        return file.HasSettled(now, quiet) && CaptureFile.IsCapture(file.Path);
    }
}
