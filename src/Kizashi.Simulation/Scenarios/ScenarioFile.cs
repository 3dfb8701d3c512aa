using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kizashi.Core;

namespace Kizashi.Simulation.Scenarios;

/// <summary>Reads and writes scenarios as JSON; docs/50-simulate.md shows every key.</summary>
public static class ScenarioFile
{
    private const string Discriminator = "kind";

    private static readonly JsonSerializerOptions Options = new(KizashiJson.Indented)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonNodeOptions Names = new() { PropertyNameCaseInsensitive = true };

    /// <param name="path">The file.</param>
    /// <param name="faults">All that is wrong, one sentence each; empty when a scenario is returned.</param>
    /// <returns>Null when there are faults.</returns>
    public static Scenario? Read(string path, out IReadOnlyList<string> faults)
    {
        try
        {
            return Parse(File.ReadAllText(path), out faults);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults = [$"{path}: {exception.Message}"];
            return null;
        }
    }

    /// <inheritdoc cref="Read"/>
    public static Scenario? Parse(string json, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        faults = found;
        try
        {
            if (JsonNode.Parse(json, Names, Syntax) is not JsonObject root)
            {
                found.Add("A scenario is a JSON object.");
                return null;
            }

            // What cannot be read is taken out, so that the rest can still be judged.
            CheckScenario(root, found);
            var scenario = root.Deserialize<Scenario>(Options)!;
            found.AddRange(scenario.Faults().Except(found.Count > 0 ? ScenarioFaults.OfNothing : []));
            return found.Count == 0 ? scenario : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // Duplicate keys are an ArgumentException.
            found.Add(exception.Message);
            return null;
        }
    }

    public static string Write(Scenario scenario) => JsonSerializer.Serialize(scenario, Options);

    private static void CheckScenario(JsonObject root, List<string> faults)
    {
        if (root["components"] is JsonArray components)
        {
            for (int i = 0, at = 0; at < components.Count; i++)
            {
                if (CheckComponent(components[at], $"components[{i}]", faults))
                    at++;
                else
                    components.RemoveAt(at);
            }
        }

        CheckKeys(root, typeof(Scenario), "", faults);
        foreach (var required in (string[])["dark", "start"])
        {
            if (root[required] is not null)
                continue;

            if (!faults.Any(fault => fault.StartsWith(required, StringComparison.Ordinal)))
                faults.Add($"{required}: is needed.");

            root[required] = required == "dark" ? new JsonArray() : "2000-01-01T00:00:00Z";
        }
    }

    // False when it must be left out of what is judged further.
    private static bool CheckComponent(JsonNode? node, string path, List<string> faults)
    {
        if (node is not JsonObject component)
        {
            faults.Add($"{path}: is a JSON object.");
            return false;
        }

        var kinds = Kinds();
        var kind = component[Discriminator] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
        if (!kinds.TryGetValue(kind, out var type))
        {
            faults.Add($"{path}.{Discriminator}: is one of {string.Join(", ", kinds.Keys)}.");
            return false;
        }

        var before = faults.Count;
        CheckKeys(component, type, path + ".", faults);
        var missing = Options.GetTypeInfo(type).Properties
            .Where(property => property.IsRequired && component[property.Name] is null && faults.Count == before);
        faults.AddRange(missing.Select(property => $"{path}.{property.Name}: is needed.").ToArray());
        return faults.Count == before;
    }

    private static SortedDictionary<string, Type> Kinds() => new(
        typeof(TrafficComponent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>()
            .ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType),
        StringComparer.Ordinal);

    private static void CheckKeys(JsonObject node, Type type, string path, List<string> faults)
    {
        var properties = Options.GetTypeInfo(type).Properties;
        foreach (var (key, value) in node.ToArray())
        {
            if (key == Discriminator && path.Length > 0)
                continue;

            var property = properties.FirstOrDefault(known => string.Equals(known.Name, key, StringComparison.OrdinalIgnoreCase));
            if (property is not null && Fits(value, property))
                continue;

            faults.Add(property is null ? $"{path}{key}: there is no such key." : $"{path}{key}: {value?.ToJsonString() ?? "null"} does not fit.");
            node.Remove(key);
        }
    }

    private static bool Fits(JsonNode? value, JsonPropertyInfo property)
    {
        try
        {
            _ = value.Deserialize(property.PropertyType, Options);
            return value is not null || property.IsSetNullable;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
