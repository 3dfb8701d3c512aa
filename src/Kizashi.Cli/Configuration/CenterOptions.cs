namespace Kizashi.Cli.Configuration;

/// <summary>Where and as whom the center answers.</summary>
public sealed class CenterOptions
{
    public string Listen { get; set; } = "127.0.0.1:8460";

    public string Certificate { get; set; } = "";

    public string CertificatePassword { get; set; } = "";

    public string Organization { get; set; } = "Kizashi";

    public List<string> HostNames { get; set; } = [];
}
