using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    public const short Readable = 1;

    public int File;
    public short Events;
    public short Happened;
}
