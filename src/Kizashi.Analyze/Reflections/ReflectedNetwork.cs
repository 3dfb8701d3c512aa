using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>Requests to one service in the names of a /24 or /48, which may be an attack spread over it.</summary>
internal sealed class ReflectedNetwork(Prefix network, ushort service, ReflectedSum sum)
{
    private NetworkWindow _now = new();
    private NetworkWindow _before = new();

    public Prefix Network => network;

    public ReflectedSum Sum => sum;

    /// <summary>Members of the latest two windows.</summary>
    public IEnumerable<Address> Members => [.. _now.Members, .. _before.Members];

    public void Take(Address member, in ReflectedRow row, UInt128 batch, ReflectionOptions options)
    {
        sum.Take(row, batch);
        var start = row.First - (row.First % HalfWindow(options));
        if (start > _now.Start)
            (_before, _now) = (_now, new NetworkWindow { Start = start });

        _now.Take(member, row);
    }

    /// <summary>Adds what the last five minutes brought, at most.</summary>
    public void AddTo(NetworkWindow whole, long watermark, ReflectionOptions options)
    {
        foreach (var window in (ReadOnlySpan<NetworkWindow>)[_before, _now])
        {
            if (window.Start > watermark - (2 * HalfWindow(options)))
                whole.Merge(window);
        }
    }

    public void Save(StateWriter writer)
    {
        SavedPrefix.Write(writer, network);
        writer.Write(service);
        sum.Save(writer);
        _now.Save(writer);
        _before.Save(writer);
    }

    public static ReflectedNetwork Load(StateReader reader)
    {
        var network = SavedPrefix.Read(reader);
        return new ReflectedNetwork(network, reader.Read<ushort>(), ReflectedSum.Load(reader))
        {
            _now = NetworkWindow.Load(reader),
            _before = NetworkWindow.Load(reader),
        };
    }

    private static long HalfWindow(ReflectionOptions options) => options.NetworkSeconds * 1000L / 2;
}
