using System.Diagnostics;

namespace Kizashi.EndToEnd.Tests;

/// <summary>An independent reading of a capture.</summary>
internal static class Tshark
{
    /// <summary>One row a packet with the first occurrence of each field, so that tunnels and quotes inside do not count.</summary>
    public static async Task<IReadOnlyList<string[]>> FieldsAsync(string capture, params string[] fields)
    {
        var start = new ProcessStartInfo("tshark") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-n", "-r", capture, "-T", "fields", "-E", "occurrence=f", "-E", "separator=/t", .. fields.SelectMany(field => new[] { "-e", field })])
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await Task.WhenAll(errors, process.WaitForExitAsync());
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }
}
