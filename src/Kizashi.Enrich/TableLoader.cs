using Kizashi.Enrich.Mmdb;
using Kizashi.Enrich.Ranges;
using Kizashi.Enrich.Text;
using Kizashi.Wire.Bgp;

namespace Kizashi.Enrich;

/// <summary>Reads all files of the options into tables; a damaged file is named and left out as a whole.</summary>
internal sealed class TableLoader
{
    private const long MostFileBytes = 2_000_000_000;

    private readonly PrefixTableBuilder _routes = new();
    private readonly PrefixTableBuilder _origins = new();
    private readonly PrefixTableBuilder _countries = new();
    private readonly List<string> _countryCodes = [""];
    private readonly Dictionary<string, int> _countryNumbers = [];
    private readonly Dictionary<uint, string> _asNames = [];
    private readonly List<string> _loaded = [];
    private readonly List<TableDamage> _damages = [];
    private Func<long> _offset = () => 0;

    public static AddressTables Load(EnrichOptions options)
    {
        var loader = new TableLoader();
        // A dump of a routing table knows best what is announced, then CAIDA's digest of one.
        loader.Each(options.Mrt, loader.LoadMrt);
        loader.Each(options.Pfx2as, loader.LoadPfx2As);
        loader.Each(options.AsNames, loader.LoadAsNames);
        loader.Each(options.Mmdb, loader.LoadMmdb);
        return new AddressTables
        {
            Routes = loader._routes.Build(),
            Origins = loader._origins.Build(),
            Countries = loader._countries.Build(),
            CountryCodes = loader._countryCodes,
            AsNames = loader._asNames,
            Loaded = loader._loaded,
            Damages = loader._damages,
        };
    }

    private void Each(IReadOnlyList<string> files, Func<string, TableDamage?> load)
    {
        foreach (var file in files)
        {
            _offset = () => 0;
            try
            {
                if (load(file) is { } damage)
                    _damages.Add(damage);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                _damages.Add(new TableDamage(file, _offset(), exception.Message));
            }
        }
    }

    private TableDamage? LoadMrt(string file)
    {
        using var stream = UnpackedStream.Open(file);
        var reader = new MrtReader(stream);
        _offset = () => reader.Offset;
        var routes = new List<RibRoute>();
        while (reader.Read(out var route))
        {
            // Default routes say nothing about who holds an address.
            if (route.Origin == 0 || route.Length == 0)
                continue;

            if (routes.Count >= PrefixTableBuilder.MostPrefixes)
                return new TableDamage(file, reader.Offset, "more prefixes than are taken");

            routes.Add(route);
        }

        if (reader.Damage is { } reason)
            return new TableDamage(file, reader.Offset, reason);

        if (routes.Count == 0)
            return new TableDamage(file, reader.Offset, "no route of a TABLE_DUMP_V2 table in it");

        foreach (var route in routes)
            _routes.Add(route.V6, route.Network, route.Length, AddressTables.Pack(route.Origin, route.Length));

        _loaded.Add($"{Path.GetFileName(file)} ({routes.Count:N0} routes)");
        return null;
    }

    private TableDamage? LoadPfx2As(string file)
    {
        using var stream = UnpackedStream.Open(file);
        var reader = new LineReader(stream);
        _offset = () => reader.Offset;
        var lines = new List<Pfx2AsLine>();
        while (reader.Read(out var line))
        {
            if (line.IsEmpty || line[0] == '#')
                continue;

            if (!Pfx2AsLine.TryParse(line, out var parsed))
                return new TableDamage(file, reader.Offset, "a line is not \"prefix, length, AS\"");

            if (lines.Count >= PrefixTableBuilder.MostPrefixes)
                return new TableDamage(file, reader.Offset, "more prefixes than are taken");

            lines.Add(parsed);
        }

        if (reader.IsTooLong)
            return new TableDamage(file, reader.Offset, $"a line of more than {LineReader.MostLineBytes} bytes");

        if (lines.Count == 0)
            return new TableDamage(file, reader.Offset, "no prefix in it");

        foreach (var (prefix, asn) in lines)
        {
            var network = prefix.IsV4 ? prefix.First.V4 : prefix.First.Value;
            _routes.Add(!prefix.IsV4, network, prefix.Length, AddressTables.Pack(asn, prefix.Length));
        }

        _loaded.Add($"{Path.GetFileName(file)} ({lines.Count:N0} prefixes)");
        return null;
    }

    private TableDamage? LoadAsNames(string file)
    {
        using var stream = UnpackedStream.Open(file);
        var reader = new LineReader(stream);
        _offset = () => reader.Offset;
        var names = 0;
        // as2org has two tables in one file; lines of the other one, and headers, are not names of AS.
        while (reader.Read(out var line))
        {
            if (!line.IsEmpty && line[0] != '#' && AsNameLine.TryParse(line, out var parsed) && _asNames.TryAdd(parsed.Asn, parsed.Name))
                names++;
        }

        if (reader.IsTooLong)
            return new TableDamage(file, reader.Offset, $"a line of more than {LineReader.MostLineBytes} bytes");

        if (names == 0)
            return new TableDamage(file, reader.Offset, "no line names an AS");

        _loaded.Add($"{Path.GetFileName(file)} ({names:N0} AS names)");
        return null;
    }

    private TableDamage? LoadMmdb(string file)
    {
        if (new FileInfo(file).Length > MostFileBytes)
            return new TableDamage(file, MostFileBytes, "larger than 2 GB");

        if (MmdbFile.Open(file, File.ReadAllBytes(file), out var damage) is not { } mmdb)
            return damage;

        var fields = new Dictionary<int, MmdbFields>();
        var leaves = new List<MmdbLeaf>();
        TableDamage? recordDamage = null;
        damage = mmdb.Walk(file, leaf =>
        {
            if (!fields.ContainsKey(leaf.Record))
            {
                if (mmdb.Record(file, leaf.Record, out recordDamage) is not { } record)
                    return false;

                fields.Add(leaf.Record, MmdbFields.Of(record));
            }

            leaves.Add(leaf);
            return true;
        });
        damage ??= recordDamage;
        if (damage is not null)
            return damage;

        if (!fields.Values.Any(record => record.Asn != 0 || record.Country.Length > 0))
            return new TableDamage(file, 0, $"a database of type {mmdb.DatabaseType} has neither country nor AS");

        Add(leaves, fields);
        _loaded.Add($"{Path.GetFileName(file)} ({leaves.Count:N0} networks)");
        return null;
    }

    private void Add(List<MmdbLeaf> leaves, Dictionary<int, MmdbFields> fields)
    {
        foreach (var leaf in leaves)
        {
            var record = fields[leaf.Record];
            if (record.Country.Length > 0)
                _countries.Add(leaf.V6, leaf.Network, leaf.Length, (ulong)NumberOf(record.Country));

            if (record.Asn != 0)
                _origins.Add(leaf.V6, leaf.Network, leaf.Length, AddressTables.Pack(record.Asn, leaf.Length));
        }

        foreach (var record in fields.Values.Where(record => record.Asn != 0 && record.AsName.Length > 0))
            _asNames.TryAdd(record.Asn, record.AsName);
    }

    private int NumberOf(string country)
    {
        if (_countryNumbers.TryGetValue(country, out var number))
            return number;

        number = _countryCodes.Count;
        _countryCodes.Add(country);
        _countryNumbers.Add(country, number);
        return number;
    }
}
