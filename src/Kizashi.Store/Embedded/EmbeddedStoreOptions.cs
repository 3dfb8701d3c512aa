using System.ComponentModel.DataAnnotations;

namespace Kizashi.Store.Embedded;

/// <summary>Where the embedded store keeps its data, how much of it, and what it may use meanwhile.</summary>
public sealed class EmbeddedStoreOptions
{
    /// <summary>The one directory that holds everything; made if it is not there.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Free space, in bytes, that is never used up: below it nothing is stored. Default 512 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long ReserveBytes { get; set; } = 512L << 20;

    /// <summary>Seconds between attempts to store again after the disk refused. Default 5.</summary>
    [Range(0.01, 3600)]
    public double RetrySeconds { get; set; } = 5;

    /// <summary>
    /// Rows of one Parquet row group while writing; a writer's buffer holds as many (34 bytes a row). Default
    /// 1,048,576.
    /// </summary>
    [Range(1, 16_777_216)]
    public int RowGroupRows { get; set; } = 1 << 20;

    /// <summary>Rows after which a writer commits on its own. Default 8,388,608.</summary>
    [Range(1, 1_073_741_824)]
    public int CommitRows { get; set; } = 8 << 20;

    /// <summary>Memory, in MiB, of the engine that answers queries. Default 512.</summary>
    [Range(64, 1_048_576)]
    public int QueryMemory { get; set; } = 512;

    /// <summary>
    /// Memory, in MiB, of what compacts and exports; what does not fit goes to temporary files. Default 512.
    /// </summary>
    [Range(64, 1_048_576)]
    public int CompactionMemory { get; set; } = 512;

    /// <summary>
    /// Days that observations are kept, counted from when they were stored; 0 keeps them for good. Default 90.
    /// </summary>
    [Range(0, 36_500)]
    public double KeepDays { get; set; } = 90;

    /// <summary>Bytes that segments may take together; the oldest go first. 0 is no limit. Default 0.</summary>
    [Range(0, long.MaxValue)]
    public long MostBytes { get; set; }

    /// <summary>
    /// Days that hourly and daily sums, and the ids of batches, are kept; 0 keeps them for good. Default 800.
    /// </summary>
    [Range(0, 36_500)]
    public double KeepRollupDays { get; set; } = 800;

    /// <summary>Days that sums by the minute are kept; 0 keeps them for good. Default 90.</summary>
    [Range(0, 36_500)]
    public double KeepMinuteDays { get; set; } = 90;

    /// <summary>Seconds between rounds of folding, compaction and retention. Default 30.</summary>
    [Range(0.1, 86_400)]
    public double MaintenanceSeconds { get; set; } = 30;

    /// <summary>Every fault of these options in one sentence each; empty when they can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        var faults = results.Select(result => result.ErrorMessage ?? "An option is not valid.").ToList();
        if (KeepRollupDays > 0 && (KeepDays == 0 || KeepRollupDays < KeepDays))
            faults.Add("KeepRollupDays must be at least KeepDays, or observations could not be told from gaps.");

        return faults;
    }
}
