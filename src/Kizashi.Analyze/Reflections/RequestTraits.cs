using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kizashi.Analyze.State;
using Kizashi.Wire.Payloads;

namespace Kizashi.Analyze.Reflections;

/// <summary>How the requests of one source, or on one network, are made: what tells a victim from a client, and one attacker from another.</summary>
internal sealed class RequestTraits
{
    private const int Most = 16;
    private const int MostIds = 8;
    private const int Few = 3;

    private readonly List<ushort> _ports = [];
    private readonly List<ushort> _lengths = [];
    private readonly List<byte> _ttls = [];
    private readonly List<long> _ids = [];
    private readonly List<string> _commands = [];

    /// <summary>Requests looked into.</summary>
    public int Looked { get; private set; }

    /// <summary>Those of them whose answer can be much larger.</summary>
    public int Amplifying { get; private set; }

    public IReadOnlyList<string> Commands => _commands;

    /// <summary>
    /// Somebody who wants the answers: a resolver asks for many names and none of them large, a clock asks for the time.
    /// </summary>
    public bool IsClient(long perMinute)
    {
        const int Clocks = 60;
        if (Looked < Few || Amplifying > 0)
            return Looked == 0 && _lengths.Count >= 6 && _ports.Count >= Most;

        return _commands.Count * 2 >= Math.Min(Looked, Most) || perMinute <= Clocks;
    }

    public IReadOnlyList<string> Hints(long requests)
    {
        var hints = new List<string>();
        if (requests < 10)
            return hints;

        hints.Add(_ttls.Count switch { 1 => "one-ttl", < 4 => "few-ttls", _ => "many-ttls" });
        if (_ports.Count == 1)
            hints.Add(_ports[0] is > 0 and < 1024 ? "service-port" : "one-port");
        else if (_ports.Count >= Most)
            hints.Add("random-ports");

        if (_ids.Count == 1 && Looked >= Few)
            hints.Add("one-id");
        else if (_ids.Count >= Few)
            hints.Add("random-ids");

        return hints;
    }

    /// <summary>Empty while too few requests were looked into.</summary>
    /// <param name="services">Abused, in any order.</param>
    /// <remarks>
    /// Command, length, a number that does not change, the way source ports are chosen. The TTL is left out: the machines of one botnet stand in many places.
    /// </remarks>
    public string Fingerprint(IEnumerable<ushort> services)
    {
        if (Looked < Few)
            return "";

        var ports = _ports.Count switch { 1 => "one", < Most => "few", _ => "random" };
        var id = _ids.Count == 1 ? _ids[0].ToString(CultureInfo.InvariantCulture) : _ids.Count == 0 ? "none" : "random";
        var text = string.Join('|', string.Join(',', services.Order()), string.Join(',', _commands.Order(StringComparer.Ordinal)), ports, id);
        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)).ToString("x16", CultureInfo.InvariantCulture);
    }

    public void Take(in ReflectedRow row)
    {
        Add(_ports, row.SourcePort, Most);
        Add(_lengths, row.Length, Most);
        Add(_ttls, row.Ttl, Most);
    }

    public void Take(in ServiceRequest request)
    {
        Looked++;
        Amplifying += request.Amplifies ? 1 : 0;
        Add(_commands, request.Command, Most);
        if (request.Id >= 0)
            Add(_ids, request.Id, MostIds);
    }

    public void Merge(RequestTraits other)
    {
        other._ports.ForEach(port => Add(_ports, port, Most));
        other._lengths.ForEach(length => Add(_lengths, length, Most));
        other._ttls.ForEach(ttl => Add(_ttls, ttl, Most));
        other._ids.ForEach(id => Add(_ids, id, MostIds));
        other._commands.ForEach(command => Add(_commands, command, Most));
        (Looked, Amplifying) = (Looked + other.Looked, Amplifying + other.Amplifying);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Looked);
        writer.Write(Amplifying);
        writer.WriteSpan<ushort>([.. _ports]);
        writer.WriteSpan<ushort>([.. _lengths]);
        writer.WriteSpan<byte>([.. _ttls]);
        writer.WriteSpan<long>([.. _ids]);
        writer.Write(_commands.Count);
        _commands.ForEach(writer.WriteText);
    }

    public static RequestTraits Load(StateReader reader)
    {
        var traits = new RequestTraits { Looked = reader.Read<int>(), Amplifying = reader.Read<int>() };
        traits._ports.AddRange(reader.ReadSpan<ushort>(Most));
        traits._lengths.AddRange(reader.ReadSpan<ushort>(Most));
        traits._ttls.AddRange(reader.ReadSpan<byte>(Most));
        traits._ids.AddRange(reader.ReadSpan<long>(MostIds));
        for (var left = reader.ReadCount(Most); left > 0; left--)
            traits._commands.Add(reader.ReadText());

        return traits;
    }

    private static void Add<T>(List<T> list, T value, int most)
        where T : IEquatable<T>
    {
        if (list.Count < most && !list.Contains(value))
            list.Add(value);
    }
}
