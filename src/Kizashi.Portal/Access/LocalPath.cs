namespace Kizashi.Portal.Access;

/// <summary>Where to go after signing in: only ever a path of this site.</summary>
internal static class LocalPath
{
    private const int MaximumLength = 2_000;

    public static string OrHome(string? path)
    {
        // "//host" and "/\host" are other hosts to a browser; control characters are dropped by it before it looks.
        if (path is not { Length: > 0 and <= MaximumLength } || path[0] != '/')
            return "/";

        if (path.Length > 1 && path[1] is '/' or '\\')
            return "/";

        return path.AsSpan().ContainsAnyInRange('\0', '\u001f') ? "/" : path;
    }
}
