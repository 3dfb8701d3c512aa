using System.CommandLine;
using Kizashi.Cli.Configuration;

namespace Kizashi.Cli.Commands;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Config { get; } = new("--config")
    {
        Description = "Settings file over the defaults; `kizashi config` prints one to start from",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Data directory; default /var/lib/kizashi for root, else ~/.local/share/kizashi",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Set one setting, such as --set Center:Listen=127.0.0.1:9000; lists with commas; may be repeated",
        HelpName = "KEY=VALUE",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    public IEnumerable<Option> All => [Config, Data, Set];

    /// <exception cref="ConfigurationFaultException">With every fault.</exception>
    public LoadedSettings Load(ParseResult result, params IEnumerable<KeyValuePair<string, string?>> more)
    {
        var (file, flags) = Sources(result, more);
        return new LoadedSettings(ConfigurationLoader.Load(file, flags), file, flags);
    }

    /// <summary>As <see cref="Load"/>, and reads every file that the settings name.</summary>
    /// <exception cref="ConfigurationFaultException">With every fault.</exception>
    public LoadedSettings Check(ParseResult result)
    {
        var (file, flags) = Sources(result, []);
        return new LoadedSettings(ConfigurationLoader.Check(file, flags), file, flags);
    }

    private (string? File, IReadOnlyList<KeyValuePair<string, string?>> Flags) Sources(
        ParseResult result, IEnumerable<KeyValuePair<string, string?>> more)
    {
        var flags = new List<KeyValuePair<string, string?>>();
        var faults = new List<string>();
        foreach (var text in result.GetValue(Set) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                flags.Add(new(text[..equals].Trim(), text[(equals + 1)..].Trim()));
            else
                faults.Add($"--set '{text}' is not KEY=VALUE");
        }

        if (faults.Count > 0)
            throw new ConfigurationFaultException(faults);

        if (result.GetValue(Data) is { } data)
            flags.Add(new("Data", data));

        // A key given twice: the later one holds.
        flags = [.. flags.Concat(more).Reverse().DistinctBy(flag => flag.Key, StringComparer.OrdinalIgnoreCase).Reverse()];
        return (result.GetValue(Config), flags);
    }
}
