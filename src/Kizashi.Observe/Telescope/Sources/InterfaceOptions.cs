using System.ComponentModel.DataAnnotations;

namespace Kizashi.Observe.Telescope.Sources;

/// <summary>How an interface is listened to.</summary>
public sealed record InterfaceOptions
{
    /// <summary>BPF expression as in pcap-filter(7); null takes everything.</summary>
    public string? Filter { get; init; }

    /// <summary>Takes frames addressed to others as well. Default true: a telescope's router sends to the telescope's MAC, a mirror port does not.</summary>
    public bool Promiscuous { get; init; } = true;

    /// <summary>Frames may be sent too (<see cref="InterfaceSource.Send"/>); then only incoming frames are taken. Default false.</summary>
    public bool Sends { get; init; }

    /// <summary>Bytes kept of each frame, 64..262,144. Default 65,535.</summary>
    [Range(64, 262_144)]
    public int SnapLength { get; init; } = 65_535;

    /// <summary>Bytes of the kernel's ring, 1 MiB..2 GiB. Default 256 MiB, a second of 10 GbE at 250 bytes a frame.</summary>
    [Range(1 << 20, int.MaxValue)]
    public int BufferBytes { get; init; } = 256 * 1024 * 1024;
}
