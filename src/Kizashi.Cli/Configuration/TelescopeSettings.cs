namespace Kizashi.Cli.Configuration;

/// <summary>What is dark, and how packets are taken.</summary>
public sealed class TelescopeSettings
{
    public List<string> Dark { get; set; } = [];

    public List<string> Live { get; set; } = [];

    public int Shards { get; set; } = 2;

    public int ReorderSeconds { get; set; } = 10;

    public int JumpSeconds { get; set; } = 60;

    public bool Unwrap { get; set; }

    public int MaxTuples { get; set; } = 5_000_000;
}
