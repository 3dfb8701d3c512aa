using System.Globalization;

namespace Kizashi.Store.Embedded;

/// <summary>
/// The lock on a data directory: one process at a time, freed by the kernel when that process ends in any way.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string PidSuffix = ".pid";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="StoreLockedException">Another process holds it.</exception>
    public static DirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, "lock");
        FileStream file;
        try
        {
            // FileShare.None is flock(LOCK_EX) on Unix and a mandatory lock on Windows.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            var pid = ReadPid(path);
            var holder = pid > 0 ? $"process {pid}" : "another process";
            throw new StoreLockedException(
                $"The data directory '{directory}' is in use by {holder}. Stop it first, or choose another directory.",
                exception)
            { HolderPid = pid };
        }

        // A file of its own: what is locked cannot be read by the process that is refused.
        File.WriteAllText(path + PidSuffix, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return new DirectoryLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static int ReadPid(string path)
    {
        try
        {
            var text = File.ReadAllText(path + PidSuffix).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
        }
        catch (IOException)
        {
            // The holder has not written it yet; the message then names no process.
            return 0;
        }
    }
}
