namespace Kizashi.Analyze.Reflections;

/// <summary>How many bytes servers answer for each byte of a request that is made to be amplified.</summary>
/// <remarks>
/// Bandwidth amplification factors of payloads: Rossow, "Amplification Hell", NDSS 2014, and US-CERT alert TA14-017A with its later additions; for ARD, CoAP, DTLS, Jenkins,
/// Ubiquiti and WS-Discovery the published measurements of Netscout, Akamai and Shadowserver. Factors differ by server and by request: what comes out is a size, not a count.
/// </remarks>
internal static class Amplification
{
    private const int Headers = 28;
    private const double Other = 5;

    /// <summary>Bytes of payload that would have gone to the victim.</summary>
    /// <param name="service">Abused port.</param>
    /// <param name="bytes">IP bytes of the requests.</param>
    /// <param name="requests">How many they are.</param>
    public static double Wanted(ushort service, long bytes, long requests) => Math.Max(0, bytes - (requests * Headers)) * Factor(service);

    private static double Factor(ushort service) => service switch
    {
        17 => 140.3,
        19 => 358.8,
        53 => 54.6,
        69 => 60,
        111 => 28,
        123 => 556.9,
        137 => 3.8,
        161 => 6.3,
        389 => 70,
        427 => 12,
        443 => 37.3,
        520 => 131.2,
        1194 => 30,
        1434 => 25,
        1900 => 30.8,
        3283 => 35.5,
        3478 => 2.3,
        3702 => 153,
        5353 => 10,
        5683 => 34,
        10001 => 35,
        11211 => 10_000,
        27015 => 5.5,
        27960 => 63.9,
        33848 => 13,
        _ => Other,
    };
}
