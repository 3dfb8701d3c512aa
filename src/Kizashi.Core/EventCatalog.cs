namespace Kizashi.Core;

/// <summary>Every alert kind, once. docs/events.md describes each, and a test holds the two together.</summary>
public static class EventCatalog
{
    public const string DarknetScan = "darknet.scan";
    public const string DarknetScannerAggressive = "darknet.scanner.aggressive";
    public const string DarknetDosVictim = "darknet.dos-victim";
    public const string DarknetOwnHost = "darknet.own-host";
    public const string DarknetOutbreak = "darknet.outbreak";
    public const string ReflectorAttack = "reflector.attack";
    public const string SensorGap = "sensor.gap";
    public const string ForecastSurge = "forecast.surge";

    public static IReadOnlyList<string> AlertKinds { get; } =
        [DarknetScan, DarknetScannerAggressive, DarknetDosVictim, DarknetOwnHost, DarknetOutbreak, ReflectorAttack, SensorGap, ForecastSurge];
}
