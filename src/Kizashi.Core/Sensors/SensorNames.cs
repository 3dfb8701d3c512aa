namespace Kizashi.Core.Sensors;

/// <summary>What a sensor may be called; names end up in paths, queries and pages.</summary>
public static class SensorNames
{
    public const string Rule = "1 to 64 letters, digits, '-', '_' or '.', beginning with a letter or digit";

    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit(name[0]))
            return false;

        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
    }
}
