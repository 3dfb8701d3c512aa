using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kizashi.Observe.Telescope.Sources;

namespace Kizashi.Observe.Reflectors.Sockets;

/// <summary>Waits for any of many files, tens of thousands if need be (epoll(7)); Linux only.</summary>
internal sealed unsafe partial class ReadyFiles : IDisposable
{
    public const int Most = 256;

    private const int Add = 1;
    private const int Readable = 1;

    // On x86-64 struct epoll_event is packed.
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly byte[] _events = GC.AllocateArray<byte>(Most * 16, pinned: true);
    private int _file;

    public ReadyFiles()
    {
        const int CloseOnExec = 0x80000;
        _file = Create(CloseOnExec);
        if (_file < 0)
            throw new InterfaceException($"No epoll: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <param name="file">Descriptor.</param>
    /// <param name="number">What <see cref="Wait"/> says of it, at least 0.</param>
    public void Watch(int file, int number)
    {
        var item = stackalloc byte[16];
        *(uint*)item = Readable;
        *(long*)(item + EventBytes - 8) = number;
        if (Control(_file, Add, file, item) != 0)
            throw new InterfaceException($"A socket cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Numbers of files with something to read; none when there was nothing in time.</summary>
    public ReadOnlySpan<int> Wait(Span<int> numbers, int millis)
    {
        int count;
        fixed (byte* events = _events)
            count = WaitMany(_file, events, Math.Min(Most, numbers.Length), millis);

        for (var at = 0; at < count; at++)
            numbers[at] = BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan((at * EventBytes) + EventBytes - 8));

        return numbers[..Math.Max(0, count)];
    }

    public void Dispose()
    {
        if (_file < 0)
            return;

        _ = Close(_file);
        _file = -1;
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int epoll, int operation, int file, byte* item);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitMany(int epoll, byte* events, int most, int millis);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
