using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Reflections;

/// <summary>The sensors that have been heard, each with a place. Safe to use from several threads.</summary>
internal sealed class SensorTable
{
    /// <summary>Those past so many share the last place, without a name.</summary>
    public const int Most = 255;

    private readonly Lock _gate = new();
    private volatile string[] _names = [];

    public byte PlaceOf(string sensor)
    {
        var known = Array.IndexOf(_names, sensor);
        if (known >= 0)
            return (byte)known;

        lock (_gate)
        {
            known = Array.IndexOf(_names, sensor);
            if (known < 0 && _names.Length < Most)
            {
                known = _names.Length;
                _names = [.. _names, sensor];
            }

            return known < 0 ? (byte)Most : (byte)known;
        }
    }

    /// <summary>Null for the place of those without a name.</summary>
    public string? NameOf(byte place) => place < _names.Length ? _names[place] : null;

    public void Save(StateWriter writer)
    {
        writer.Write(_names.Length);
        foreach (var name in _names)
            writer.WriteText(name);
    }

    public void Load(StateReader reader) => _names = [.. Enumerable.Range(0, reader.ReadCount(Most)).Select(_ => reader.ReadText())];
}
