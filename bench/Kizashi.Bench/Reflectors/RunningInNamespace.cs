#pragma warning disable RS0030 // As PeerProgram: measured programs run as users run them.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Kizashi.Bench.Reflectors;

/// <summary>A program in a network namespace, until it is interrupted as by Ctrl-C.</summary>
internal sealed partial class RunningInNamespace : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new();

    /// <param name="space">Name of the namespace.</param>
    /// <param name="ready">It is at work once a line of its output or errors has this.</param>
    /// <param name="command">Program and arguments.</param>
    public RunningInNamespace(string space, string ready, IEnumerable<string> command)
    {
        _process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", space, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, line) => Take(line.Data, ready, keep: true);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, ready, keep: false);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!_ready.Task.Wait(Longest))
            throw new TimeoutException("the program did not start: " + string.Join(' ', command));
    }

    /// <summary>Of its resident memory and that of the processes it started, now or at most, from the kernel; itself first.</summary>
    /// <param name="key">VmRSS or VmHWM.</param>
    public long[] Megabytes(string key) =>
        [.. Children(_process.Id).Prepend(_process.Id).Select(id => Field(id, key) / 1024)];

    private static long Field(int process, string key)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static IEnumerable<int> Children(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    /// <summary>Interrupts it, and returns what it wrote to its output.</summary>
    public string Stop()
    {
        const int Interrupt = 2;
        _ = Kill(_process.Id, Interrupt);
        _process.WaitForExit();
        lock (_output)
            return _output.ToString();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.WaitForExit();
        _process.Dispose();
    }

    private void Take(string? line, string ready, bool keep)
    {
        if (line is null)
            return;

        if (line.Contains(ready, StringComparison.Ordinal))
            _ready.TrySetResult();

        lock (_output)
        {
            if (keep)
                _output.AppendLine(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
