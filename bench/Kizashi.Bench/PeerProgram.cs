#pragma warning disable RS0030 // The benches' one home of child processes: peers are measured as users run them.
using System.Diagnostics;

namespace Kizashi.Bench;

/// <summary>Another program, run for its time.</summary>
internal static class PeerProgram
{
    /// <summary>What it writes to its output.</summary>
    /// <exception cref="InvalidOperationException">It fails; its errors are the message.</exception>
    public static string Output(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {errors.Result}");
    }

    /// <summary>Seconds it took; null when it is not installed or fails.</summary>
    public static double? Time(string program, params string[] arguments)
    {
        try
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var buffer = new char[65536];
            while (process.StandardOutput.Read(buffer, 0, buffer.Length) > 0)
            {
            }

            process.WaitForExit();
            _ = errors.Result;
            return process.ExitCode == 0 ? watch.Elapsed.TotalSeconds : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
