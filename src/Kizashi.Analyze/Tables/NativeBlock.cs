using System.Runtime.InteropServices;

namespace Kizashi.Analyze.Tables;

/// <summary>Zeroed memory outside the collected heap, on huge pages where Linux grants them.</summary>
/// <remarks>
/// Tables are read at random; with pages of 4 KB nearly every access would miss the TLB too. Memory is taken once it
/// is touched, which is why it is mapped: calloc writes zeros into all of a block that it takes from memory freed
/// before.
/// </remarks>
internal sealed unsafe partial class NativeBlock
{
    public const int HugePage = 2 * 1024 * 1024;

    private const int AdviseHugePages = 14;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nuint _length;
    private void* _allocation;

    /// <param name="bytes">How many.</param>
    /// <param name="huge">Ask for huge pages, which are taken whole once touched.</param>
    public NativeBlock(long bytes, bool huge)
    {
        var alignment = huge ? HugePage : 64;
        _length = (nuint)(bytes + alignment);
        _allocation = Allocate(_length);
        Pointer = (byte*)(((nint)_allocation + alignment - 1) & -alignment);
        if (huge && OperatingSystem.IsLinux())
            _ = Advise(Pointer, (nuint)(bytes & -HugePage), AdviseHugePages);
    }

    ~NativeBlock() => Free();

    /// <summary>Aligned to a cache line, or to a huge page.</summary>
    public byte* Pointer { get; }

    /// <summary>Gives the memory back at once; else the finalizer does.</summary>
    public void Free()
    {
        if (_allocation is null)
            return;

        if (OperatingSystem.IsLinux())
            _ = Unmap(_allocation, _length);
        else
            NativeMemory.Free(_allocation);

        _allocation = null;
    }

    private static void* Allocate(nuint length)
    {
        if (!OperatingSystem.IsLinux())
            return NativeMemory.AllocZeroed(length);

        var mapped = Map(null, length, ReadWrite, PrivateAnonymous, -1, 0);
        return (nint)mapped == -1 ? throw new InsufficientMemoryException() : mapped;
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
