using System.Diagnostics;

namespace Kizashi.Wire.Tests;

/// <summary>Runs an installed program; a test that needs an absent one is skipped by name.</summary>
public static class Tool
{
    public static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Standard output by lines; warnings on standard error (such as about a file cut short) are let go.</summary>
    public static IReadOnlyList<string> Run(string name, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled(name), $"{name} is not installed");
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
