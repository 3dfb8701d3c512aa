namespace Kizashi.Portal.Access;

/// <summary>What a new account's name and password must be.</summary>
internal static class PasswordRules
{
    public const int MinimumLength = 10;
    public const int MaximumLength = 256;
    public const int MaximumNameLength = 64;

    /// <summary>The text key of the first fault, null when there is none.</summary>
    public static string? Fault(string name, string password, string again)
    {
        if (name.Length is 0 or > MaximumNameLength || !name.All(IsAllowed))
            return "setup.fault.name";

        if (password.Length < MinimumLength)
            return "setup.fault.short";

        if (password.Length > MaximumLength)
            return "setup.fault.long";

        return password == again ? null : "setup.fault.differ";
    }

    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '@';
}
