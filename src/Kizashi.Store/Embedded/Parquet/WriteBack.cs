using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Asks the kernel to begin writing to the disk, so that the disk works while rows still come in.</summary>
/// <remarks>
/// Without it all of a commit waits in memory until the flush at its end, which then takes as long as the disk needs
/// for everything.
/// </remarks>
internal static partial class WriteBack
{
    // sync_file_range(2), SYNC_FILE_RANGE_WRITE: begins, and waits for nothing.
    private const uint BeginOnly = 2;

    /// <summary>A hint: it makes nothing durable, and its failure shows when the file is flushed.</summary>
    public static void Begin(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
            _ = SyncFileRange(file, offset, length, BeginOnly);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
