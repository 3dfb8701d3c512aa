using System.Diagnostics;
using System.Text;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>The real program in a process of its own, on a data directory of the test's.</summary>
internal sealed class KizashiProcess : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private KizashiProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>The program as it was built beside these tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "kizashi.dll");

    public static KizashiProcess Start(params string[] arguments) => Start(null, arguments);

    public static KizashiProcess Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        // Whoever runs the tests in a shell's background ignores Ctrl-C, and children inherit that.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        start.ArgumentList.Add("--default-signal=INT");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var process = new KizashiProcess(new Process { StartInfo = start });
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        process._process.StandardInput.Close();
        return await process.EndAsync();
    }

    /// <summary>Runs to the end with these bytes on standard input.</summary>
    public static async Task<ProgramResult> RunAsync(Stream input, params string[] arguments)
    {
        await using var process = Start(arguments);
        try
        {
            await input.CopyToAsync(process._process.StandardInput.BaseStream);
            process._process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program refused the input and is gone; its exit code says why.
        }

        return await process.EndAsync();
    }

    public async Task<ProgramResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Longest);
        await _process.WaitForExitAsync(limit.Token);
        return new ProgramResult(_process.ExitCode, Output, Errors);
    }

    /// <summary>Waits until the output has a line with this text, and gives it.</summary>
    public Task<string> LineAsync(string part, TimeSpan limit) => LineAsync(() => Output, part, limit);

    /// <summary>The same on standard error.</summary>
    public Task<string> LineInErrorsAsync(string part, TimeSpan limit) => LineAsync(() => Errors, part, limit);

    private async Task<string> LineAsync(Func<string> text, string part, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < limit)
        {
            var line = text().Split('\n').FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal));
            if (line is not null)
                return line;

            if (_process.HasExited)
                break;

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"no line with '{part}' within {limit}; output:\n{Output}\nerrors:\n{Errors}");
    }

    /// <summary>As the user's Ctrl-C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>As the kernel's out-of-memory killer does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null)
                text.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
