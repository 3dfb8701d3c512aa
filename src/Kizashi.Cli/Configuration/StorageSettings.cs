namespace Kizashi.Cli.Configuration;

/// <summary>Bounds of the store.</summary>
public sealed class StorageSettings
{
    public double RetentionDays { get; set; } = 90;

    public double MaxGiB { get; set; } = 200;

    public int KeepFreeMiB { get; set; } = 512;

    public int QueryMemoryMiB { get; set; } = 512;
}
