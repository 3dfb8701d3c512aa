using System.Runtime.InteropServices;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>What is remembered of one address: whether it sent, how often it was a subject, and which tools it was seen to use.</summary>
/// <typeparam name="TAddress"><see cref="uint"/> for IPv4 or <see cref="UInt128"/> for IPv6.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal struct SourceState<TAddress>
    where TAddress : unmanaged
{
    public TAddress Address;

    /// <summary>Unicornscan's session key as the last bare SYN would have it.</summary>
    public uint Key;

    private ushort _subject;

    /// <summary>Two bits a tool: matched once, matched again; see <see cref="Used"/>.</summary>
    public ushort Tools;

    /// <summary>Port of the last sample.</summary>
    public ushort Port;

    /// <summary>Ten minutes of packet time, modulo 256, in which <see cref="Subject"/> counts.</summary>
    public byte Period;

    /// <summary>Hash of the last probe's target, so that a repetition is not taken for a second probe.</summary>
    public byte Probe;

    /// <summary>Set in <see cref="Tools"/> of every entry in use.</summary>
    public const ushort Used = 1 << 15;

    /// <summary>Set in <see cref="Tools"/> once the address was seen as a sender.</summary>
    public const ushort Sender = 1 << 14;

    /// <summary>Where <see cref="Subject"/> stays.</summary>
    public const uint MostSubject = (1 << SubjectBits) - 1;

    /// <summary>Largest <see cref="Fresh"/> in use.</summary>
    public const int MostFresh = 2;

    private const int SubjectBits = 14;

    /// <summary>Packets of which the address was the subject within <see cref="Period"/>, up to <see cref="MostSubject"/>.</summary>
    public uint Subject
    {
        readonly get => _subject & MostSubject;
        set => _subject = (ushort)((_subject & ~MostSubject) | value);
    }

    /// <summary>Samples still to be taken of the port that the subject turned to last, 0..3.</summary>
    public int Fresh
    {
        readonly get => _subject >> SubjectBits;
        set => _subject = (ushort)((_subject & MostSubject) | ((uint)value << SubjectBits));
    }
}
