namespace Kizashi.Observe.Telescope.Tables;

/// <summary>The set of IPv6 addresses seen; past its bound it goes on as an estimate.</summary>
internal sealed class AddressSet6
{
    private readonly int _bound;
    private readonly HashSet<UInt128> _addresses = [];

    public AddressSet6(int bound)
    {
        _bound = bound;
    }

    /// <summary>Holds everything once the bound was reached, else null.</summary>
    public HyperLogLog? Estimate { get; private set; }

    public void Add(UInt128 address)
    {
        if (Estimate is null && !_addresses.Contains(address) && _addresses.Count >= _bound)
            StartEstimate();

        if (Estimate is null)
            _addresses.Add(address);
        else
            Estimate.Add(AddressHash.Of(address));
    }

    public void Merge(AddressSet6 other)
    {
        foreach (var address in other._addresses)
            Add(address);

        if (other.Estimate is null)
            return;

        StartEstimate();
        Estimate!.Merge(other.Estimate);
    }

    /// <summary>Exact while <see cref="Estimate"/> is null.</summary>
    public long Count() => Estimate?.Estimate() ?? _addresses.Count;

    private void StartEstimate()
    {
        Estimate ??= new HyperLogLog();
        foreach (var address in _addresses)
            Estimate.Add(AddressHash.Of(address));

        _addresses.Clear();
    }
}
