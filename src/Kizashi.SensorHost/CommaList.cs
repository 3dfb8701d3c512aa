namespace Kizashi.SensorHost;

/// <summary>Values of an option separated by commas.</summary>
public static class CommaList
{
    /// <summary>Without empty ones and the spaces around them; none of null.</summary>
    public static string[] Split(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
