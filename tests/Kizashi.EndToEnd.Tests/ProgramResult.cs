using System.Text.Json.Nodes;

namespace Kizashi.EndToEnd.Tests;

/// <summary>How a run of the program ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The last line of output as JSON.</summary>
    public JsonObject Json => JsonNode.Parse(Output.TrimEnd().Split('\n')[^1])!.AsObject();

    /// <summary>Fails the test with what the program said unless it ended as expected.</summary>
    public ProgramResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\noutput:\n{Output}\nerrors:\n{Errors}");
        return this;
    }
}
