namespace Kizashi.Cli.Configuration;

/// <summary>All settings; kizashi.default.json says each one's unit, default and reason.</summary>
public sealed class KizashiOptions
{
    public string Data { get; set; } = "";

    public CenterOptions Center { get; set; } = new();

    public NetworkOptions Networks { get; set; } = new();

    public TelescopeSettings Telescope { get; set; } = new();

    public List<SensorSettings> Sensors { get; set; } = [];

    public RecordSettings Record { get; set; } = new();

    public ScanSettings Scans { get; set; } = new();

    public VictimSettings Victims { get; set; } = new();

    public OutbreakSettings Outbreaks { get; set; } = new();

    public ForecastSettings Forecasts { get; set; } = new();

    public KnownScannerSettings KnownScanners { get; set; } = new();

    public EnrichmentSettings Enrichment { get; set; } = new();

    public StorageSettings Storage { get; set; } = new();

    public LoggingSettings Logging { get; set; } = new();

    /// <summary>The data directory, with the default for the running user filled in.</summary>
    public string DataDirectory => Path.GetFullPath(Data.Length > 0 ? Data : DefaultDataDirectory());

    private static string DefaultDataDirectory() =>
        Environment.IsPrivilegedProcess
            ? "/var/lib/kizashi"
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "kizashi");
}
