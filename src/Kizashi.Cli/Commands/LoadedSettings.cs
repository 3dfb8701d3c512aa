using Kizashi.Cli.Configuration;

namespace Kizashi.Cli.Commands;

/// <summary>Settings and where they came from, so that they can be read again.</summary>
internal sealed record LoadedSettings(
    KizashiOptions Options, string? File, IReadOnlyList<KeyValuePair<string, string?>> Flags);
