using System.Text.Json;

namespace Kizashi.Cli.Configuration;

/// <summary>Puts the settings together from their sources, in the order the default file states.</summary>
public static class ConfigurationLoader
{
    private const string SystemFile = "/etc/kizashi/kizashi.json";

    private const string EnvironmentPrefix = "KIZASHI_";

    /// <summary>The files that were or would be read, for watching.</summary>
    /// <param name="file">From --config; null for KIZASHI_CONFIG or none.</param>
    public static IReadOnlyList<string> Files(string? file)
    {
        file ??= Environment.GetEnvironmentVariable("KIZASHI_CONFIG");
        return file is null or "" ? [SystemFile] : [SystemFile, Path.GetFullPath(file)];
    }

    /// <param name="file">From --config; null for KIZASHI_CONFIG or none.</param>
    /// <param name="flags">Key=value pairs, the last source. A list is given with commas.</param>
    /// <exception cref="ConfigurationFaultException">With every fault.</exception>
    public static KizashiOptions Load(string? file, IEnumerable<KeyValuePair<string, string?>> flags) =>
        Load(file, flags, OptionsValidation.Faults);

    /// <summary>As <see cref="Load(string?, IEnumerable{KeyValuePair{string, string?}})"/>, and reads every file that the settings name.</summary>
    /// <inheritdoc cref="Load(string?, IEnumerable{KeyValuePair{string, string?}})"/>
    public static KizashiOptions Check(string? file, IEnumerable<KeyValuePair<string, string?>> flags) =>
        Load(file, flags, options => [.. OptionsValidation.Faults(options), .. FileContents.Faults(options)]);

    private static KizashiOptions Load(
        string? file, IEnumerable<KeyValuePair<string, string?>> flags, Func<KizashiOptions, IReadOnlyList<string>> find)
    {
        var files = Files(file);
        if (files.Count > 1 && !File.Exists(files[^1]))
            throw new ConfigurationFaultException([$"there is no settings file '{files[^1]}'"]);

        var defaults = new ConfigurationBuilder().AddJsonStream(OpenDefault()).Build();
        var merged = new MergedSettings(defaults);
        foreach (var path in files.Where(File.Exists))
            merged.Add(path, ReadJson(path, builder => builder.AddJsonFile(path)));

        merged.Add("environment", new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build());
        merged.Add("--set", new ConfigurationBuilder().AddInMemoryCollection(flags).Build());
        return Bind(merged, find);
    }

    /// <summary>The defaults with the text of one settings file over them, and nothing else.</summary>
    /// <exception cref="ConfigurationFaultException">With every fault.</exception>
    internal static KizashiOptions Parse(Stream text, string name)
    {
        var merged = new MergedSettings(new ConfigurationBuilder().AddJsonStream(OpenDefault()).Build());
        merged.Add(name, ReadJson(name, builder => builder.AddJsonStream(text)));
        return Bind(merged, OptionsValidation.Faults);
    }

    /// <summary>The annotated default file.</summary>
    public static string DefaultText()
    {
        using var reader = new StreamReader(OpenDefault());
        return reader.ReadToEnd();
    }

    private static KizashiOptions Bind(MergedSettings merged, Func<KizashiOptions, IReadOnlyList<string>> find)
    {
        var faults = merged.Faults.ToList();
        var options = new KizashiOptions();
        try
        {
            merged.Build().Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            throw new ConfigurationFaultException([.. faults, fault.Message]);
        }

        faults.AddRange(find(options));
        return faults.Count == 0 ? options : throw new ConfigurationFaultException(faults);
    }

    private static IConfigurationRoot ReadJson(string path, Func<IConfigurationBuilder, IConfigurationBuilder> add)
    {
        try
        {
            return add(new ConfigurationBuilder()).Build();
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException or JsonException or IOException)
        {
            var reason = fault.InnerException?.InnerException?.Message ?? fault.InnerException?.Message ?? fault.Message;
            throw new ConfigurationFaultException([$"{path}: {reason}"]);
        }
    }

    private static Stream OpenDefault() =>
        typeof(ConfigurationLoader).Assembly.GetManifestResourceStream("kizashi.default.json")
        ?? throw new InvalidOperationException("kizashi.default.json is not embedded");
}
