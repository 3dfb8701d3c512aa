using System.ComponentModel.DataAnnotations;

namespace Kizashi.Observe.Telescope.Recording;

/// <summary>Where raw packets are kept, how much of them and for how long.</summary>
public sealed record RecorderOptions
{
    /// <summary>As people say it: so much space in all, in files of an eighth of it, for so long.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="name">First part of the file names.</param>
    /// <param name="gib">GiB of all files together.</param>
    /// <param name="hours">How long a file is kept.</param>
    public static RecorderOptions Within(string folder, string name, double gib, double hours)
    {
        var total = (long)(gib * (1L << 30));
        return new RecorderOptions
        {
            Folder = folder,
            Name = name,
            TotalBytes = total,
            FileBytes = Math.Clamp(total / 8, 64 * 1024, 256L << 20),
            Keep = TimeSpan.FromHours(hours),
        };
    }

    /// <summary>Made if it is not there.</summary>
    [Required, MinLength(1)]
    public required string Folder { get; init; }

    /// <summary>First part of the file names: letters, digits, dots, dashes. Default telescope.</summary>
    [RegularExpression(@"\A[A-Za-z0-9._-]{1,64}\z")]
    public string Name { get; init; } = "telescope";

    /// <summary>Bytes on disk at which a new file begins, 64 KiB..64 GiB. Default 256 MiB.</summary>
    [Range(64L * 1024, 64L << 30)]
    public long FileBytes { get; init; } = 256L << 20;

    /// <summary>Packet time after which a new file begins, 1 s..1 d. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FileSpan { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bytes of all files together; the oldest go first. Default 16 GiB.</summary>
    [Range(64L * 1024, long.MaxValue)]
    public long TotalBytes { get; init; } = 16L << 30;

    /// <summary>Age since a file was closed after which it goes. Default 7 d.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Waits for the disk (files) instead of giving frames up and counting them (wires).</summary>
    public bool Waits { get; init; }
}
