namespace Kizashi.Cli;

/// <summary>What the process says of itself when it ends; documented in docs/60-operate.md.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A fault of the program or the machine.</summary>
    public const int Internal = 1;

    /// <summary>Wrong usage or settings.</summary>
    public const int Usage = 2;

    /// <summary>The input is damaged or no capture; what came before the damage was processed.</summary>
    public const int BadInput = 3;
}
