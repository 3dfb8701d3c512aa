using System.Diagnostics;
using System.Text;
using Kizashi.SensorHost;

namespace Kizashi.Cli.Watching;

// The one home of child processes.
#pragma warning disable RS0030

/// <summary>The program kizashi-sensor at work for this one: its observations come on its standard output, and it ends when its standard input does.</summary>
internal sealed class SensorProcess : IAsyncDisposable
{
    private const int MostErrors = 16 * 1024;

    /// <summary>How long it may take to end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private SensorProcess(Process process) => _process = process;

    /// <summary>Read by one reader.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <param name="words">Its command line; where its output goes is added.</param>
    /// <exception cref="CommandException">It is not there.</exception>
    public static SensorProcess Start(IEnumerable<string> words)
    {
        var start = StartInfo([.. words, .. SensorCommandLine.Piped]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var sensor = new SensorProcess(new Process { StartInfo = start });
        sensor._process.ErrorDataReceived += (_, line) => sensor.Append(line.Data);
        sensor._process.Start();
        sensor._process.BeginErrorReadLine();
        return sensor;
    }

    /// <summary>Runs it with this program's input and output, to its end; as long as it needs after the cancellation.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(IEnumerable<string> words, CancellationToken cancellation)
    {
        var start = StartInfo([.. words, "--stop-with-input"]);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        await using var stop = cancellation.Register(process.StandardInput.Close);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    /// <summary>Tells it to end; its output then does.</summary>
    public void Stop()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone.
        }
    }

    /// <summary>Waits until it has ended, and ends it when it does not.</summary>
    /// <returns>Its exit code, and what it said on standard error.</returns>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        Stop();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        lock (_errors)
            return (_process.ExitCode, _errors.ToString().Trim());
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> words)
    {
        var library = Path.Combine(AppContext.BaseDirectory, "kizashi-sensor.dll");
        if (!File.Exists(library))
            throw new CommandException(ExitCodes.Internal, $"{library} is missing; it belongs to this program");

        // Run by `dotnet kizashi.dll` that is the program; a published kizashi has its sensor beside it.
        var self = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(self) == "dotnet"
            ? new ProcessStartInfo(self, [library, .. words])
            : new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kizashi-sensor"), words);
    }

    private void Append(string? line)
    {
        const string Name = "kizashi-sensor: ";
        if (line is null)
            return;

        lock (_errors)
        {
            if (_errors.Length < MostErrors)
                _errors.AppendLine(line.StartsWith(Name, StringComparison.Ordinal) ? line[Name.Length..] : line);
        }
    }
}
