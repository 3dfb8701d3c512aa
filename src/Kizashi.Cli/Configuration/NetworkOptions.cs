namespace Kizashi.Cli.Configuration;

/// <summary>The operator's own networks.</summary>
public sealed class NetworkOptions
{
    public List<string> Own { get; set; } = [];
}
