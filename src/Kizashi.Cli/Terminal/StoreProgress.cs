using Kizashi.Store.Embedded.Maintenance;

namespace Kizashi.Cli.Terminal;

/// <summary>Shows on a terminal how far maintenance is.</summary>
internal sealed class StoreProgress : IProgress<MaintenanceProgress>
{
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private int _width;

    public void Report(MaintenanceProgress value)
    {
        if (!_terminal)
            return;

        var line = $"[{value.Done}/{value.Total}] {value.Item}";
        Console.Error.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    public void Clear()
    {
        if (_terminal && _width > 0)
            Console.Error.Write("\r" + new string(' ', _width) + "\r");
    }
}
