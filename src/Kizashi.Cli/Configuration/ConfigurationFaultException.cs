namespace Kizashi.Cli.Configuration;

/// <summary>The settings cannot be used; the message lists every fault.</summary>
public sealed class ConfigurationFaultException(IReadOnlyList<string> faults)
    : Exception("The settings have faults:\n" + string.Join('\n', faults.Select(fault => "  - " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
