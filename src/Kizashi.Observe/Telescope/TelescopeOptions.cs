using System.ComponentModel.DataAnnotations;
using Kizashi.Core.Addresses;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope;

/// <summary>How a telescope observes; every bound that keeps its memory flat is named here.</summary>
public sealed class TelescopeOptions
{
    /// <summary>Name that every batch carries.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string Sensor { get; set; } = "telescope";

    /// <summary>The addresses that are observed, live addresses inside them taken out. Packets to others are only counted.</summary>
    [Required]
    public PrefixSet Dark { get; set; } = PrefixSet.Everything;

    /// <summary>The operator's own addresses: of these already the first packet is kept as a sample.</summary>
    [Required]
    public PrefixSet Own { get; set; } = PrefixSet.Empty;

    public TelescopePace Pace { get; set; } = TelescopePace.Unpaced;

    /// <summary>Threads that read, decode and aggregate, 1..64. Default 2.</summary>
    [Range(1, 64)]
    public int Workers { get; set; } = 2;

    /// <summary>Parts of the tables, 1..16, whatever the number of workers, so that batch ids stay the same. Default 2.</summary>
    [Range(1, 16)]
    public int Shards { get; set; } = 2;

    /// <summary>How much older than the newest a packet may be and still be aggregated, 0 s..5 min. Default 10 s; live and paced 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan? ReorderTolerance { get; set; }

    /// <summary>How far ahead of the newest (on a wire: of the clock) a packet's time is taken unseen, 1 s..30 days. Default 60 s; see <see cref="TelescopeSummary.Misdated"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan JumpBound { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Real time between two hand-overs of what open slots have gained, live and paced, 50 ms..10 s. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>FlowTuples of one slot held in memory over all shards, 1,024..100,000,000. Default 6,000,000; past it slots are flushed early.</summary>
    [Range(1024, 100_000_000)]
    public int MaxTuples { get; set; } = 6_000_000;

    /// <summary>Rows of one batch, 1,024..4,000,000. Default 524,288; each shard keeps columns for so many.</summary>
    [Range(1024, 4_000_000)]
    public int MaxBatchRows { get; set; } = 524_288;

    /// <summary>Sources whose packets are counted exactly, over all shards, 1,024..100,000,000. Default 4,000,000; past it distinct counts are estimates.</summary>
    [Range(1024, 100_000_000)]
    public int MaxSources { get; set; } = 4_000_000;

    /// <summary>Raw packets kept as samples per slot of 10 s, over all shards, 0..1,000,000. Default 4,096.</summary>
    [Range(0, 1_000_000)]
    public int MaxSamplesPerSlot { get; set; } = 4096;

    /// <summary>Raw packets kept as samples per minute, over all shards, 0..1,000,000. Default 16,384.</summary>
    [Range(0, 1_000_000)]
    public int MaxSamplesPerMinute { get; set; } = 16_384;

    /// <summary>Whether packets inside tunnels are observed in place of the tunnel's own.</summary>
    public TunnelMode Tunnels { get; set; } = TunnelMode.Note;

    /// <summary>The packets are made by the simulator; every batch says so.</summary>
    public bool Simulated { get; set; }

    /// <summary>The tolerance in force: as set, else 10 s for files and 1 s otherwise.</summary>
    internal TimeSpan Tolerance =>
        ReorderTolerance ?? TimeSpan.FromSeconds(Pace == TelescopePace.Unpaced ? 10 : 1);

    /// <summary>Every fault, each one sentence; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), faults, validateAllProperties: true);
        return [.. faults.Select(fault => fault.ErrorMessage ?? "unknown fault")];
    }
}
