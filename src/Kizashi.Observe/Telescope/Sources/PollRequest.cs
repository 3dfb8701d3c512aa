using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal partial struct PollRequest
{
    public const short Readable = 1;

    public int File;
    public short Events;
    public short Happened;

    /// <summary>Waits until one of the files has what is asked for; false if none had in time.</summary>
    public static unsafe bool Wait(Span<PollRequest> requests, int millis)
    {
        fixed (PollRequest* first = requests)
            return Poll(first, (nuint)requests.Length, millis) > 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Poll(PollRequest* requests, nuint count, int timeoutMillis);
}
