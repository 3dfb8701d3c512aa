namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>In which form observations are exported.</summary>
public enum ExportFormat
{
    Parquet,

    /// <summary>With a header line, addresses and times as text.</summary>
    Csv,
}
