using System.Globalization;

namespace Kizashi.Cli.Configuration;

/// <summary>Settings of several sources laid over each other, where a list replaces the whole list before it.</summary>
/// <remarks>The framework's own layering joins lists by index, which leaves the tail of a longer list in place.</remarks>
internal sealed class MergedSettings
{
    private const string SensorList = "Sensors";

    private static readonly string[] SensorLists = ["Dark", "Live"];
    private static readonly string[] SensorValues = ["Name", "Interface", "Filter"];

    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Type> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    /// <param name="defaults">The default file; its keys are all the keys there are, its empty values the lists.</param>
    public MergedSettings(IConfiguration defaults)
    {
        foreach (var (key, value) in Leaves(defaults))
        {
            _known.Add(key);
            _values[key] = value;
        }

        foreach (var name in typeof(KizashiOptions).GetProperties())
            CollectLists(name.PropertyType, name.Name);

        foreach (var list in _lists)
            _values.Remove(list);
    }

    public IReadOnlyList<string> Faults => _faults;

    public void Add(string source, IConfiguration settings)
    {
        var replaced = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in Leaves(settings))
        {
            // KIZASHI_CONFIG names the file itself.
            if (key.Equals("CONFIG", StringComparison.OrdinalIgnoreCase))
                continue;

            if (ListOf(key) is { } list)
                AddToList(list, key, value, replaced.Add(list));
            else if (_known.Contains(key) && !Fits(_types.GetValueOrDefault(key), value))
                _faults.Add($"{source}: {key} '{value}' is not {Describe(_types[key])}");
            else if (_known.Contains(key))
                _values[key] = value;
            else
                _faults.Add($"{source}: there is no setting '{key}'{Suggest(key)}");
        }
    }

    public IConfigurationRoot Build() => new ConfigurationBuilder().AddInMemoryCollection(_values).Build();

    private void AddToList(string list, string key, string? value, bool first)
    {
        if (first)
        {
            foreach (var old in _values.Keys.Where(old => old.StartsWith(list + ":", StringComparison.OrdinalIgnoreCase)).ToList())
                _values.Remove(old);
        }

        if (!key.Equals(list, StringComparison.OrdinalIgnoreCase) && !IsListOfSensor(key))
        {
            _values[key] = value;
            return;
        }

        var items = (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index < items.Length; index++)
            _values[$"{key}:{index}"] = items[index];
    }

    // Sensors:0:Dark=192.0.2.0/24,198.51.100.0/24 as one value.
    private static bool IsListOfSensor(string key) =>
        key.Split(':') is [_, _, var last] && SensorLists.Contains(last, StringComparer.OrdinalIgnoreCase);

    private string? ListOf(string key)
    {
        if (key.Equals(SensorList, StringComparison.OrdinalIgnoreCase))
            return SensorList;

        var parts = key.Split(':');
        if (parts[0].Equals(SensorList, StringComparison.OrdinalIgnoreCase) && parts.Length >= 3 && IsIndex(parts[1]))
        {
            var isValue = parts.Length == 3 && SensorValues.Contains(parts[2], StringComparer.OrdinalIgnoreCase);
            var isList = SensorLists.Contains(parts[2], StringComparer.OrdinalIgnoreCase);
            return isValue || isList ? SensorList : null;
        }

        var root = IsIndex(parts[^1]) ? key[..key.LastIndexOf(':')] : key;
        return _lists.Contains(root) ? root : null;
    }

    private void CollectLists(Type type, string path)
    {
        if (type == typeof(List<string>))
        {
            _lists.Add(path);
            return;
        }

        if (type.Namespace != typeof(KizashiOptions).Namespace)
        {
            _types[path] = type;
            return;
        }

        foreach (var property in type.GetProperties())
            CollectLists(property.PropertyType, $"{path}:{property.Name}");
    }

    private string Suggest(string key)
    {
        var last = key[(key.LastIndexOf(':') + 1)..];
        var near = _known.Concat(_lists)
            .FirstOrDefault(known => known.EndsWith(":" + last, StringComparison.OrdinalIgnoreCase));
        return near is null ? "" : $"; did you mean {near}?";
    }

    // Told here, one by one; the framework's binder would stop at the first.
    private static bool Fits(Type? type, string? value) =>
        type == typeof(int) ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        : type == typeof(double) ? double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        : type != typeof(bool) || bool.TryParse(value, out _);

    private static string Describe(Type type) =>
        type == typeof(int) ? "a whole number" : type == typeof(double) ? "a number" : "true or false";

    private static bool IsIndex(string part) => part.Length > 0 && part.All(char.IsAsciiDigit);

    private static IEnumerable<KeyValuePair<string, string?>> Leaves(IConfiguration configuration, string path = "")
    {
        foreach (var child in configuration.GetChildren())
        {
            var key = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            var any = false;
            foreach (var inner in Leaves(child, key))
            {
                any = true;
                yield return inner;
            }

            if (!any)
                yield return new(key, child.Value);
        }
    }
}
