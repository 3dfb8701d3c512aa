using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kizashi.Bench.Store;

/// <summary>The kernel's memory of files.</summary>
internal static partial class PageCache
{
    // fcntl.h
    private const int DontNeed = 4;

    /// <summary>Lets the kernel forget a file, so that the next reader waits for the disk.</summary>
    public static void Forget(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        // What is not yet on the disk stays in memory.
        RandomAccess.FlushToDisk(file);
        if (OperatingSystem.IsLinux() && Advise(file, 0, 0, DontNeed) != 0)
            throw new IOException($"'{path}' stays in memory.");
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
