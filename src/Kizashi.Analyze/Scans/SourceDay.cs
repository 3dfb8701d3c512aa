using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kizashi.Analyze.Tables;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Scans;

/// <summary>All scanning sources of one UTC day in one shard, each with its packets and distinct ports.</summary>
/// <remarks>
/// Exact until <c>most</c> sources are there. Then a newcomer takes the place of the smallest of a few others and
/// inherits its count (Space-Saving, Metwally et al. 2005), so counts are too high by at most <see
/// cref="MostError"/>, and sources are estimated.
/// </remarks>
internal sealed unsafe class SourceDay<TAddress>(int most, SetArena arena) : ISourceDay
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private const int Candidates = 16;
    private const int SourceRegisters = 4096;

    private readonly TagIndex _index = new();
    private readonly EntryPool<SourceDayEntry<TAddress>> _entries = new();
    private readonly List<AddressSet<uint>> _sets = [];
    private readonly Stack<int> _freeSets = new();
    private byte[]? _registers;
    private int _hand;

    /// <summary>Largest count a newcomer inherited; 0 while all is exact.</summary>
    public long MostError { get; private set; }

    public bool IsExact => _registers is null;

    /// <summary>Distinct sources of the day; estimated within 2 % when not <see cref="IsExact"/>.</summary>
    public long Sources => _registers is null ? _entries.High : (long)Math.Round(Registers.Estimate(_registers));

    public int Count => _entries.High;

    public static uint HashOf(TAddress source) => (uint)(Hashing.Of(source, 0) >> 32);

    public ref SourceDayEntry<TAddress> At(int entry) => ref *_entries.At(entry);

    public void PrefetchIndex(TAddress source) => Prefetch.Line(_index.Slots + _index.Home(HashOf(source)));

    public void PrefetchEntry(TAddress source)
    {
        if (Likely(source) is var number && number >= 0)
            Prefetch.Line(_entries.At(number));
    }

    public void PrefetchSet(TAddress source)
    {
        if (LikelySet(source) is var set && set >= 0)
            Prefetch.Line(Unsafe.AsPointer(ref CollectionsMarshal.AsSpan(_sets)[set]));
    }

    public void PrefetchPort(TAddress source, uint port)
    {
        if (LikelySet(source) is var set && set >= 0)
            CollectionsMarshal.AsSpan(_sets)[set].PrefetchFor(port);
    }

    /// <param name="source">Who.</param>
    /// <param name="packets">At least 1.</param>
    /// <param name="port">Number of protocol and port, or -1 for traffic without ports.</param>
    /// <param name="first">Earliest time known on that day, milliseconds.</param>
    /// <param name="last">Latest.</param>
    /// <param name="tools">Counts of tools, as in <see cref="ToolNames"/>.</param>
    public void Add(TAddress source, long packets, int port, long first, long last, ushort tools)
    {
        var hash = HashOf(source);
        _ = _registers is { } registers && AddRegister(registers, source);
        var number = Find(source, hash);
        if (number < 0)
            number = Create(source, hash, first);

        ref var entry = ref At(number);
        entry.Packets += packets;
        entry.See(first, last, tools);
        if (port >= 0)
            AddPort(ref entry, (uint)port);
    }

    public int Find(TAddress source, uint hash)
    {
        var at = _index.Home(hash);
        while (true)
        {
            var slot = _index.Slots[at];
            if (slot == 0)
                return -1;

            if ((uint)(slot >> 32) == hash && _entries.At((int)(uint)slot - 1)->Source.Equals(source))
                return (int)(uint)slot - 1;

            at = (at + 1) & _index.Mask;
        }
    }

    public long PortsOf(in SourceDayEntry<TAddress> entry) =>
        entry.PortState >= 0 ? entry.PortState : _sets[-1 - entry.PortState].Count;

    public bool PortsAreExact(in SourceDayEntry<TAddress> entry) =>
        entry.PortState >= 0 || _sets[-1 - entry.PortState].IsExact;

    public void Rank(TopSources byPackets, TopSources byPorts)
    {
        for (var number = 0; number < _entries.High; number++)
        {
            ref var entry = ref At(number);
            var ports = PortsOf(entry);
            if (byPackets.MayEnter(entry.Packets, ports))
                byPackets.Add(Describe(entry));

            if (byPorts.MayEnter(entry.Packets, ports))
                byPorts.Add(Describe(entry));
        }
    }

    public TopSource? Find(Address source)
    {
        if (source.IsV4 != (typeof(TAddress) == typeof(uint)))
            return null;

        var address = typeof(TAddress) == typeof(uint)
            ? Unsafe.BitCast<uint, TAddress>(source.V4)
            : Unsafe.BitCast<UInt128, TAddress>(source.Value);
        var number = Find(address, HashOf(address));
        return number < 0 ? null : Describe(At(number));
    }

    /// <summary>Gives all sets back.</summary>
    public void Clear()
    {
        for (var set = 0; set < _sets.Count; set++)
        {
            var cleared = _sets[set];
            cleared.Clear(arena);
            _sets[set] = cleared;
        }
    }

    public void Save(State.StateWriter writer)
    {
        writer.Write(MostError);
        writer.Write(_hand);
        writer.WriteSpan<byte>(_registers ?? []);
        writer.Write(_entries.High);
        for (var number = 0; number < _entries.High; number++)
        {
            ref var entry = ref At(number);
            writer.Write(entry);
            if (entry.PortState < 0)
                _sets[-1 - entry.PortState].Save(writer);
        }
    }

    public void Load(State.StateReader reader)
    {
        MostError = reader.Read<long>();
        _hand = reader.ReadCount(int.MaxValue);
        var registers = reader.ReadSpan<byte>(SourceRegisters);
        _registers = registers.Length == 0 ? null : registers;
        var count = reader.ReadCount(int.MaxValue);
        for (var number = 0; number < count; number++)
        {
            var entry = reader.Read<SourceDayEntry<TAddress>>();
            if (entry.PortState > SourceDayEntry<TAddress>.InlinePorts)
                throw new InvalidDataException("a source has more ports than fit");

            if (entry.PortState < 0)
            {
                entry.PortState = -1 - _sets.Count;
                _sets.Add(AddressSet<uint>.Load(reader, arena, PortUniverse.Index));
            }

            At(_entries.Take()) = entry;
            _index.Add(HashOf(entry.Source), number);
        }
    }

    private int Likely(TAddress source)
    {
        var hash = HashOf(source);
        var slot = _index.Slots[_index.Home(hash)];
        return (uint)(slot >> 32) == hash ? (int)(uint)slot - 1 : -1;
    }

    private int LikelySet(TAddress source) =>
        Likely(source) is var number && number >= 0 ? -1 - _entries.At(number)->PortState : -1;

    private TopSource Describe(in SourceDayEntry<TAddress> entry) => new(
        Addresses.From(entry.Source), entry.Packets, PortsOf(entry), entry.First, entry.Last, entry.Tools,
        IsExact && PortsAreExact(entry));

    private static bool AddRegister(byte[] registers, TAddress source)
    {
        Registers.Add(registers, Hashing.Of(source, 1));
        return true;
    }

    private int Create(TAddress source, uint hash, long first)
    {
        if (_entries.High < most)
        {
            var fresh = _entries.Take();
            At(fresh) = new SourceDayEntry<TAddress> { Source = source, First = first };
            _index.Add(hash, fresh);
            return fresh;
        }

        if (_registers is null)
            StartEstimating(source);

        var smallest = Smallest();
        ref var entry = ref At(smallest);
        _index.Remove(HashOf(entry.Source), smallest);
        if (entry.PortState < 0)
            FreeSet(-1 - entry.PortState);

        MostError = Math.Max(MostError, entry.Packets);
        entry = new SourceDayEntry<TAddress> { Source = source, First = first, Packets = entry.Packets };
        _index.Add(hash, smallest);
        return smallest;
    }

    private void StartEstimating(TAddress source)
    {
        _registers = new byte[SourceRegisters];
        for (var number = 0; number < _entries.High; number++)
            AddRegister(_registers, At(number).Source);

        AddRegister(_registers, source);
    }

    private int Smallest()
    {
        var smallest = -1;
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            _hand = _hand + 1 < _entries.High ? _hand + 1 : 0;
            if (smallest < 0 || At(_hand).Packets < At(smallest).Packets)
                smallest = _hand;
        }

        return smallest;
    }

    private void AddPort(ref SourceDayEntry<TAddress> entry, uint port)
    {
        if (entry.PortState >= 0)
        {
            for (var at = 0; at < entry.PortState; at++)
            {
                if (entry.Inline[at] == port)
                    return;
            }

            if (entry.PortState < SourceDayEntry<TAddress>.InlinePorts)
            {
                entry.Inline[entry.PortState++] = port;
                return;
            }

            MoveToSet(ref entry);
        }

        var set = _sets[-1 - entry.PortState];
        set.Add(port, arena, PortUniverse.Index);
        _sets[-1 - entry.PortState] = set;
    }

    private void MoveToSet(ref SourceDayEntry<TAddress> entry)
    {
        if (!_freeSets.TryPop(out var number))
        {
            number = _sets.Count;
            _sets.Add(default);
        }

        var set = default(AddressSet<uint>);
        for (var at = 0; at < entry.PortState; at++)
            set.Add(entry.Inline[at], arena, PortUniverse.Index);

        _sets[number] = set;
        entry.PortState = -1 - number;
    }

    private void FreeSet(int number)
    {
        var set = _sets[number];
        set.Clear(arena);
        _sets[number] = default;
        _freeSets.Push(number);
    }
}
