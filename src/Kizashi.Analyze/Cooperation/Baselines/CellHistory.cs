using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>What a cell was like in the windows of up to three days, and which groups it has seen.</summary>
internal sealed class CellHistory
{
    /// <summary>Windows remembered: three days of ten minutes, as Dark-GLASSO does.</summary>
    public const int Windows = 432;

    private const int Numbers = 1 << 16;
    private const int MostPending = 1 << 14;
    private const int PendingWindows = 6;
    private const float MostHosts = 4;

    private readonly CellCounts[] _ring = new CellCounts[Windows];
    private readonly bool[] _skipped = new bool[Windows];
    private readonly Dictionary<ulong, Newcomer> _pending = [];
    private KnownGroups _known = new();
    private KnownGroups _before = new();
    private long _epoch;

    /// <summary>Number of the window in which it was first active.</summary>
    public long Since { get; private set; }

    /// <summary>Number of the window in which it was last active.</summary>
    public long LastActive { get; private set; }

    /// <summary>Was the group first seen within the last hour?</summary>
    public bool IsNewcomer(ulong group) => _pending.ContainsKey(group);

    public static CellHistory Begin(long window) =>
        new() { Since = window, LastActive = window, _epoch = window / Windows };

    /// <summary>Counts who is there in a window; whoever is new stays so for an hour.</summary>
    public CellCounts Meet(CellWindow cell, long window)
    {
        LastActive = window;
        if (window / Windows != _epoch)
        {
            (_known, _before, _epoch) = (_before, _known, window / Windows);
            _known.Clear();
        }

        var (groups, qualified) = (0, 0);
        foreach (var member in cell.Members)
        {
            if (IsKnown(member.Group))
                continue;

            var isFirst = !_pending.TryGetValue(member.Group, out var newcomer);
            groups += isFirst ? 1 : 0;
            if (isFirst)
                newcomer = new Newcomer(window, false);

            if (member.Packets >= CellWindow.Earnest && !newcomer.IsCounted)
            {
                newcomer = newcomer with { IsCounted = true };
                qualified++;
            }

            _pending[member.Group] = newcomer;
        }

        // A few networks full of hosts are no crowd.
        var hosts = (int)cell.Members.Sum(member => Math.Min(MostHosts, member.Hosts));
        return new CellCounts(Short(cell.Groups), Short(cell.Qualified), Short(hosts), Short(groups), Short(qualified));
    }

    /// <summary>Writes a window down.</summary>
    /// <param name="window">Its number.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="skip">It was no usual window and must not be learned from.</param>
    /// <param name="settle">Newcomers of an hour ago are known from now on.</param>
    public void Write(long window, CellCounts counts, bool skip, bool settle)
    {
        var at = (int)(window % Windows);
        (_ring[at], _skipped[at]) = (counts, skip);
        if (!settle)
            return;

        var old = _pending.Where(pair => pair.Value.Window <= window - PendingWindows || _pending.Count > MostPending)
            .Select(pair => pair.Key)
            .ToArray();
        foreach (var group in old)
        {
            _pending.Remove(group);
            Know(group);
        }
    }

    /// <summary>Refreshes the groups that are there, so that they are not forgotten after three days.</summary>
    public void Remember(CellWindow cell)
    {
        foreach (var member in cell.Members)
        {
            var number = NumberOf(member.Group);
            if (_before.Contains(number))
                _known.Add(number);
        }
    }

    /// <summary>What was counted in a window; null where nothing may be learned from it.</summary>
    public CellCounts? At(long window) => _skipped[window % Windows] ? null : _ring[window % Windows];

    /// <summary>What was counted in a window, learned from or not.</summary>
    public CellCounts Raw(long window) => _ring[window % Windows];

    /// <summary>Takes what goes on for what is usual from now on.</summary>
    public void Adopt(long window, int windows)
    {
        for (var back = 0; back < windows; back++)
        {
            var at = (int)((window - back) % Windows);
            (_ring[at], _skipped[at]) = (_ring[window % Windows], false);
        }

        foreach (var group in _pending.Keys)
            Know(group);

        _pending.Clear();
    }

    public bool IsKnown(ulong group)
    {
        var number = NumberOf(group);
        return _known.Contains(number) || _before.Contains(number);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Since);
        writer.Write(LastActive);
        writer.Write(_epoch);
        writer.WriteSpan<CellCounts>(_ring);
        writer.WriteSpan<bool>(_skipped);
        var pending = _pending.OrderBy(pair => pair.Key).ToArray();
        writer.WriteSpan<ulong>([.. pending.Select(pair => pair.Key)]);
        writer.WriteSpan<Newcomer>([.. pending.Select(pair => pair.Value)]);
        _known.Save(writer);
        _before.Save(writer);
    }

    public static CellHistory Load(StateReader reader)
    {
        var history = new CellHistory
        {
            Since = reader.Read<long>(),
            LastActive = reader.Read<long>(),
            _epoch = reader.Read<long>(),
        };
        Fill(reader, history._ring);
        Fill(reader, history._skipped);
        var groups = reader.ReadSpan<ulong>(1 << 20);
        var newcomers = reader.ReadSpan<Newcomer>(1 << 20);
        if (groups.Length != newcomers.Length)
            throw new InvalidDataException("the newcomers of a cell do not match");

        for (var at = 0; at < groups.Length; at++)
            history._pending[groups[at]] = newcomers[at];

        history._known.Load(reader);
        history._before.Load(reader);
        return history;
    }

    private void Know(ulong group) => _known.Add(NumberOf(group));

    private static void Fill<T>(StateReader reader, T[] place)
        where T : unmanaged
    {
        var values = reader.ReadSpan<T>(place.Length);
        if (values.Length != place.Length)
            throw new InvalidDataException("a cell's history has another length");

        values.CopyTo(place, 0);
    }

    private static ushort Short(int count) => (ushort)Math.Min(ushort.MaxValue, count);

    // A /16 is its own number; other groups share numbers by hash.
    private static ushort NumberOf(ulong group) => (ushort)(group < Numbers ? group : Hashing.Mix(group) >> 48);

    private readonly record struct Newcomer(long Window, bool IsCounted);
}
