using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>Zeroed memory outside the collected heap, on huge pages where Linux grants them.</summary>
/// <remarks>
/// Tables are read at random; with 4-KB pages nearly every access would also miss the TLB. Pages cost memory once touched, which is why they are
/// mapped: calloc writes zeros into all of a block that it takes from memory freed before.
/// </remarks>
internal sealed unsafe partial class NativeBlock : IDisposable
{
    private const nuint HugePage = 2 * 1024 * 1024;
    private const int AdviseHugePages = 14;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nuint _length;
    private void* _allocation;

    public NativeBlock(nuint bytes)
    {
        _length = bytes + HugePage;
        _allocation = Allocate(_length);
        Pointer = (byte*)(((nuint)_allocation + HugePage - 1) & ~(HugePage - 1));
        if (OperatingSystem.IsLinux() && bytes >= HugePage)
            _ = Advise(Pointer, bytes & ~(HugePage - 1), AdviseHugePages);
    }

    ~NativeBlock() => Free();

    /// <summary>Aligned to 2 MB.</summary>
    public byte* Pointer { get; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static void* Allocate(nuint length)
    {
        if (!OperatingSystem.IsLinux())
            return NativeMemory.AllocZeroed(length);

        var mapped = Map(null, length, ReadWrite, PrivateAnonymous, -1, 0);
        return (nint)mapped == -1 ? throw new InsufficientMemoryException() : mapped;
    }

    private void Free()
    {
        if (_allocation is null)
            return;

        if (OperatingSystem.IsLinux())
            _ = Unmap(_allocation, _length);
        else
            NativeMemory.Free(_allocation);

        _allocation = null;
    }

    // The advice may be refused; it changes speed only.
    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);
}
