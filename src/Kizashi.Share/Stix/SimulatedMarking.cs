using System.Text.Json.Nodes;

namespace Kizashi.Share.Stix;

/// <summary>The marking on every object that a simulator's traffic gave rise to, so that nobody takes it for real.</summary>
internal static class SimulatedMarking
{
    public static string Id { get; } = StixId.Of("marking-definition", "simulated");

    public static JsonObject Object => new()
    {
        ["type"] = "marking-definition",
        ["spec_version"] = "2.1",
        ["id"] = Id,
        ["created"] = StixExporter.Epoch,
        ["name"] = "Simulated",
        ["definition_type"] = "statement",
        ["definition"] = new JsonObject { ["statement"] = "Simulated: made by a simulator, nothing of this happened." },
    };
}
