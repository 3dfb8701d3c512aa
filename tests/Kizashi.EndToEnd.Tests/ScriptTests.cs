using System.Diagnostics;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>The two commands of the README on a machine without .NET.</summary>
public sealed class ScriptTests : IDisposable
{
    private static readonly string[] Tools =
        ["bash", "sh", "cat", "dirname", "readlink", "mktemp", "rm", "mkdir", "chmod", "grep", "find", "touch", "mv", "flock", "id", "sed", "tail", "basename", "printf", "env"];

    private readonly TemporaryFolder _folder = new();

    public ScriptTests()
    {
        foreach (var script in (string[])["kizashi", "test", "build/sdk.sh"])
        {
            var copy = _folder.File(script);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, script), copy);
        }

        Directory.CreateDirectory(_folder.File("src"));
        Directory.CreateDirectory(_folder.File("bin"));
        foreach (var tool in Tools)
        {
            if (Find(tool) is { } path)
                File.CreateSymbolicLink(Path.Combine(_folder.File("bin"), tool), path);
        }
    }

    [Theory]
    [InlineData("kizashi")]
    [InlineData("test")]
    public void Without_an_SDK_and_without_network_it_says_exactly_what_to_install(string script)
    {
        var (code, errors) = Run(script);
        Assert.Equal(2, code);
        Assert.Contains("a .NET 10 SDK is needed", errors, StringComparison.Ordinal);
        Assert.Contains("dotnet-install.sh", errors, StringComparison.Ordinal);
        Assert.Contains("dotnet-sdk-10.0", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_SDK_it_runs_the_official_installer_into_the_projects_own_folder()
    {
        // Stands for the download: gives an installer that notes how it was called and installs a dotnet that says so.
        WriteTool("curl", """
            while [ $# -gt 1 ]; do [ "$1" = -o ] && out=$2; shift; done
            echo "$1" > "$HOME/url"
            cat > "$out" <<'END'
            echo "$@" > "$HOME/arguments"
            while [ $# -gt 0 ]; do [ "$1" = --install-dir ] && dir=$2; shift; done
            mkdir -p "$dir"
            printf '#!/bin/sh\n[ "$1" = --list-sdks ] && echo "10.0.401 [x]" && exit\necho "ran $*" >> "$HOME/ran"\nexit 1\n' > "$dir/dotnet"
            chmod +x "$dir/dotnet"
            END
            """);
        Run("kizashi");
        Assert.Equal("https://dot.net/v1/dotnet-install.sh", Read("url"));
        Assert.Contains($"--install-dir {_folder.Path}/.dotnet", Read("arguments"), StringComparison.Ordinal);
        Assert.Contains("--version 10.0.401", Read("arguments"), StringComparison.Ordinal);
        Assert.StartsWith("ran build", Read("ran"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Errors) Run(string script)
    {
        var start = new ProcessStartInfo(Path.Combine(_folder.File("bin"), "bash"))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(_folder.File(script));
        start.Environment.Clear();
        start.Environment["PATH"] = _folder.File("bin");
        start.Environment["HOME"] = _folder.Path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors + output.Result);
    }

    private string Read(string name) => File.ReadAllText(_folder.File(name)).Trim();

    private void WriteTool(string name, string body)
    {
        var path = Path.Combine(_folder.File("bin"), name);
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string? Find(string tool) =>
        ((string[])["/usr/bin", "/bin", "/usr/sbin", "/sbin"]).Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
