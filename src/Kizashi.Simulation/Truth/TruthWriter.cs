using System.Globalization;
using System.Text;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Truth;

/// <summary>Writes NAME.truth.json while traffic is generated; memory does not grow with the number of events.</summary>
/// <remarks>The file has its name only once it is whole; until then it ends in .part.</remarks>
public sealed class TruthWriter : ITruthSink, IDisposable
{
    private const int CountDigits = 20;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly long _countAt;
    private bool _any;
    private bool _complete;

    public TruthWriter(string path, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        _path = path;
        _stream = new FileStream(path + ".part", FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        var start = JsonSerializer.Serialize(scenario.Start, KizashiJson.Options);
        var dark = JsonSerializer.Serialize(scenario.Dark, KizashiJson.Options);
        var own = JsonSerializer.Serialize(scenario.Own, KizashiJson.Options);
        var name = JsonSerializer.Serialize(scenario.Name, KizashiJson.Options);
        var seconds = scenario.Duration.TotalSeconds.ToString("R", CultureInfo.InvariantCulture);
        Write($"{{\"name\":{name},\"seed\":{scenario.Seed},\"dark\":{dark},\"own\":{own},\"start\":{start},\"seconds\":{seconds},\"packets\":");
        _countAt = _stream.Position;
        Write($"{new string(' ', CountDigits)},\n\"events\":[");
    }

    public void Add(TruthEvent truth)
    {
        Write(_any ? ",\n" : "\n");
        _any = true;
        JsonSerializer.Serialize(_stream, truth, KizashiJson.Options);
    }

    public void Complete(long packets)
    {
        Write("\n]}\n");
        _stream.Position = _countAt;
        // Spaces before a number are JSON, so the place can be kept before the number is known.
        Write(packets.ToString(CultureInfo.InvariantCulture).PadLeft(CountDigits));
        _complete = true;
        _stream.Dispose();
        File.Move(_path + ".part", _path, overwrite: true);
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_complete)
            File.Delete(_path + ".part");
    }

    private void Write(string text) => _stream.Write(Encoding.UTF8.GetBytes(text));
}
