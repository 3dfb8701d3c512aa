namespace Kizashi.Wire.Capture.Sequences;

/// <summary>The files of a directory that may be captures.</summary>
internal static class CaptureFolder
{
    /// <summary>Full list of visible files, in natural order of their names; nothing if the directory has gone.</summary>
    public static IReadOnlyList<string> Files(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder)
                .Where(path => !Path.GetFileName(path).StartsWith('.'))
                .Order(NaturalOrder.Instance)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
