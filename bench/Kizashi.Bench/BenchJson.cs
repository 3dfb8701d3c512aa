using System.Text.Json;

namespace Kizashi.Bench;

/// <summary>How results are written for programs.</summary>
internal static class BenchJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
