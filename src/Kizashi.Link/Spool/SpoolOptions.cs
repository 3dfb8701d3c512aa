namespace Kizashi.Link.Spool;

/// <summary>How a sensor's directory of observations is kept.</summary>
public sealed record SpoolOptions
{
    /// <summary>Made if it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>Bytes after which a new file begins. Default 64 MiB.</summary>
    public long FileBytes { get; init; } = 64 << 20;

    /// <summary>Time after which a new file begins. Default 10 min.</summary>
    public TimeSpan FileSpan { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of all files together; what would come past them is refused and counted, nothing is deleted. Default 4 GiB.</summary>
    public long MostBytes { get; init; } = 4L << 30;
}
