namespace Kizashi.Analyze.Reflections;

/// <summary>What has been told of an attack: the first, the rule once it is met, a tenth more, and all within ten seconds.</summary>
/// <param name="Requests">As many were told; 0 before the first time.</param>
/// <param name="At">When, milliseconds since 1970 UTC.</param>
/// <param name="Confirmed">That the rule is met was told.</param>
internal readonly record struct Told(long Requests, long At, bool Confirmed)
{
    private const long TellMillis = 10_000;
    private const double Growth = 1.1;

    public bool IsNews(long requests, bool isConfirmed, long watermark) =>
        Requests == 0 || (isConfirmed && !Confirmed) || (requests > Requests && (requests >= Requests * Growth || watermark >= At + TellMillis));
}
