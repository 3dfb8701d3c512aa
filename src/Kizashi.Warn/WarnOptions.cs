using System.ComponentModel.DataAnnotations;
using Kizashi.Core.Alerts;

namespace Kizashi.Warn;

/// <summary>Settings of the warn stage.</summary>
public sealed class WarnOptions
{
    /// <summary>Marking of new alerts. Default amber: the reader's organization and its clients.</summary>
    public Tlp Tlp { get; set; } = Tlp.Amber;

    /// <summary>Open alerts held in memory; others wait in the store and are read again when needed. Default 65,536.</summary>
    [Range(16, 10_000_000)]
    public int OpenInMemory { get; set; } = 65_536;

    /// <summary>Raw packets held ready to become evidence, over all subjects. Default 65,536, about 25 MB.</summary>
    [Range(64, 10_000_000)]
    public int SamplesInMemory { get; set; } = 65_536;

    /// <summary>Look-ups of raw packets in the store per round, for alerts that got too few from memory. Default 2.</summary>
    [Range(0, 1_000)]
    public int SampleLookups { get; set; } = 2;
}
