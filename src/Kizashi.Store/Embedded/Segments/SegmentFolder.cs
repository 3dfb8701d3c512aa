using System.Globalization;
using System.Runtime.InteropServices;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>
/// The folder of segment files: gives names, moves finished files into place, removes what nobody lists.
/// </summary>
internal sealed partial class SegmentFolder
{
    public const string Name = "segments";

    private const string Unfinished = ".tmp";

    private long _lastId;

    public SegmentFolder(string dataDirectory)
    {
        Path = System.IO.Path.Combine(dataDirectory, Name);
        Directory.CreateDirectory(Path);
        foreach (var file in Directory.EnumerateFiles(Path))
            _lastId = Math.Max(_lastId, IdOf(file));
    }

    public string Path { get; }

    public string FullPath(string file) => System.IO.Path.Combine(Path, file);

    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Ids above this one only: segments that were listed but whose files are gone count too.</summary>
    public void SkipTo(long id) => _lastId = Math.Max(_lastId, id);

    public static string FileName(SegmentKind kind, SegmentTier tier, long id) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kind.ToString().ToLowerInvariant()}-{tier.ToString().ToLowerInvariant()}-{id:x12}.parquet");

    public string UnfinishedPath(string file) => FullPath(file) + Unfinished;

    /// <summary>
    /// Puts a closed, unfinished file on the disk for good under its own name. Returns its size in bytes.
    /// </summary>
    public long Finish(string file)
    {
        var unfinished = UnfinishedPath(file);
        long length;
        using (var handle = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            length = RandomAccess.GetLength(handle);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(unfinished, FullPath(file));
        return length;
    }

    /// <summary>Makes renames and removals in the folder survive a loss of power.</summary>
    public void Flush() => FlushDirectory(Path);

    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = OpenDirectory(path, 0);
        if (descriptor < 0)
            throw new IOException($"'{path}' cannot be opened: error {Marshal.GetLastPInvokeError()}.");

        try
        {
            if (FlushDescriptor(descriptor) != 0)
                throw new IOException($"'{path}' cannot be flushed: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = CloseDescriptor(descriptor);
        }
    }

    public void Delete(string file)
    {
        File.Delete(UnfinishedPath(file));
        File.Delete(FullPath(file));
    }

    /// <summary>Names of all files in the folder.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateFiles(Path).Select(path => System.IO.Path.GetFileName(path));

    /// <summary>Removes every file that is not listed; what a crash left behind. Returns how many.</summary>
    public int RemoveUnlisted(IReadOnlySet<string> listed)
    {
        var removed = 0;
        foreach (var file in Files().Where(file => !listed.Contains(file)).ToList())
        {
            File.Delete(FullPath(file));
            removed++;
        }

        return removed;
    }

    private static long IdOf(string path)
    {
        var name = System.IO.Path.GetFileName(path).AsSpan();
        var dash = name.LastIndexOf('-');
        var dot = name.IndexOf('.');
        return dash >= 0 && dot > dash
            && long.TryParse(name[(dash + 1)..dot], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
                ? id
                : 0;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDirectory(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseDescriptor(int descriptor);
}
