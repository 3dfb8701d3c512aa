using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Share.Stix;
using Kizashi.Testing;

namespace Kizashi.Share.Tests.Stix;

/// <summary>Writes bundles, and asks another program's reading of the standard whether they are valid.</summary>
internal static class Bundles
{
    public static async Task<string> WriteAsync(params IEnumerable<Alert> alerts)
    {
        using var stream = new MemoryStream();
        await new StixExporter().WriteAsync(alerts, stream, new ExportOptions(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static async Task<IReadOnlyList<JsonObject>> ObjectsAsync(params IEnumerable<Alert> alerts) =>
        [.. JsonNode.Parse(await WriteAsync(alerts))!["objects"]!.AsArray().Select(json => json!.AsObject())];

    /// <summary>The faults python3-jsonschema finds, empty when there are none.</summary>
    public static async Task<string> FaultsAsync(string bundle)
    {
        var schemas = Corpus.File(Path.Combine("stix", "schemas"));
        var script = Path.Combine(Repository.Root, "tests", "Kizashi.Share.Tests", "Stix", "validate.py");
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, schemas])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await python.StandardInput.WriteAsync(bundle);
        python.StandardInput.Close();
        var output = await python.StandardOutput.ReadToEndAsync();
        var errors = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode is 0 or 1, errors);
        Assert.Equal(python.ExitCode == 0, output.Trim().Length == 0);
        return output.Trim() + errors.Trim();
    }
}
