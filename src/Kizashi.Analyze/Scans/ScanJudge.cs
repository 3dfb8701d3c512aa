namespace Kizashi.Analyze.Scans;

/// <summary>The definitions of scans as pure functions of counts and times, exact at their thresholds.</summary>
/// <remarks>A scan of less than a second counts as one second long, so that a single burst has a finite rate.</remarks>
internal sealed class ScanJudge(ScanOptions options, AggressiveOptions aggressive, long darkAddresses)
{
    private const int LeastMillis = 1000;

    public ScanOptions Options => options;

    /// <summary>Dark IPv4 addresses.</summary>
    public long DarkAddresses => darkAddresses;

    /// <summary>
    /// Distinct destinations from which on an event is covering (D1); none without dark IPv4 addresses.
    /// </summary>
    public long CoveringDestinations { get; } =
        darkAddresses == 0 ? long.MaxValue : (long)Math.Ceiling((decimal)aggressive.Coverage * darkAddresses);

    /// <summary>Merit's definition; for IPv6 without the rate.</summary>
    public bool IsScan(bool isV4, long destinations, long packets, long millis) =>
        destinations >= options.MinDestinations && (!isV4 || HasRate(packets, millis, options.MinRate));

    public bool IsDurumeric(long destinations, long packets, long millis) =>
        destinations >= options.DurumericDestinations && HasRate(packets, millis, options.DurumericRate);

    /// <summary>
    /// Estimated packets per second over the whole IPv4 Internet; null where the telescope's size says nothing.
    /// </summary>
    public double? InternetWideRate(bool isV4, long packets, long millis) =>
        isV4 && darkAddresses > 0
            ? packets * 4294967296.0 / darkAddresses / (Math.Max(millis, LeastMillis) / 1000.0)
            : null;

    public double? Coverage(bool isV4, long destinations) =>
        isV4 && darkAddresses > 0 ? Math.Min(1, (double)destinations / darkAddresses) : null;

    /// <summary>
    /// How far above Merit's definition, by the nearer of its two bounds; at least 1 exactly where it is met.
    /// </summary>
    public double Score(bool isV4, long destinations, long packets, long millis)
    {
        var score = (double)destinations / options.MinDestinations;
        if (InternetWideRate(isV4, packets, millis) is { } rate && options.MinRate > 0)
            score = Math.Min(score, rate / options.MinRate);

        var isScan = IsScan(isV4, destinations, packets, millis);
        return isScan ? Math.Max(1, score) : Math.Min(Math.BitDecrement(1), score);
    }

    // packets x 2^32 / dark / seconds >= rate, in whole numbers.
    private bool HasRate(long packets, long millis, int rate)
    {
        var needed = (UInt128)rate * (ulong)darkAddresses * (ulong)Math.Max(millis, LeastMillis);
        return darkAddresses == 0 || ((UInt128)packets << 32) * 1000 >= needed;
    }
}
