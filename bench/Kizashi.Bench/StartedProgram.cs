#pragma warning disable RS0030 // As PeerProgram: measured programs run as users run them.
using System.Diagnostics;

namespace Kizashi.Bench;

/// <summary>A program that goes on beside the bench until it is disposed of.</summary>
internal sealed class StartedProgram : IDisposable
{
    private readonly Process _process;

    /// <param name="program">Found on PATH.</param>
    /// <param name="arguments">One each.</param>
    /// <param name="line">Gets its output line by line.</param>
    public StartedProgram(string program, IEnumerable<string> arguments, Action<string> line)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, output) => line(output.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
