using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>struct bpf_program.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BpfProgram
{
    public uint Length;
    public nint Instructions;
}
