namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Thresholds of <see cref="DarkNtd"/>.</summary>
internal sealed record DarkNtdOptions
{
    /// <summary>Core and stop rule.</summary>
    public TuckerOptions Tucker { get; init; } = new();

    /// <summary>Fewest host groups of a finding. Default: 2, as Dark-TRACER's raiseAlert.</summary>
    public int LeastGroups { get; init; } = 2;

    /// <summary>How packets weigh. Default: <see cref="TensorScale.Root"/>.</summary>
    public TensorScale Scale { get; init; }

    /// <summary>
    /// Host groups that there could be; those not in the tensor count as zeros for the threshold. Default: 65,536, the /16s of IPv4.
    /// </summary>
    public long GroupUniverse { get; init; } = 65_536;

    /// <summary>The same for ports. Default: 65,536.</summary>
    public long PortUniverse { get; init; } = 65_536;
}
