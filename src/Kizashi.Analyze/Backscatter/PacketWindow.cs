using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Backscatter;

/// <summary>
/// Packets of the latest eight 10-s slots, and the most any six in a row have held: 60 s sliding by 10 s.
/// </summary>
internal struct PacketWindow
{
    private const int Slots = 8;
    private const int WindowSlots = 6;
    private const int SlotMillis = 10_000;

    private Ring _packets;
    private long _head;

    /// <summary>Most packets in any window so far.</summary>
    public long Most { get; private set; }

    /// <summary>
    /// Adds packets of one slot. Rows up to two slots late count in full; what is later no longer makes a window.
    /// </summary>
    public void Add(long millis, uint packets)
    {
        var slot = millis / SlotMillis;
        if (slot > _head)
            Move(slot);

        if (slot <= _head - Slots)
            return;

        ref var count = ref _packets[(int)(slot % Slots)];
        count = (uint)Math.Min(uint.MaxValue, (ulong)count + packets);
        var last = Math.Min(_head, slot + WindowSlots - 1);
        for (var end = slot; end <= last; end++)
            Most = Math.Max(Most, Sum(end));
    }

    private void Move(long slot)
    {
        var fresh = Math.Min(Slots, slot - _head);
        for (var at = slot - fresh + 1; at <= slot; at++)
            _packets[(int)(at % Slots)] = 0;

        _head = slot;
    }

    private readonly long Sum(long end)
    {
        var sum = 0L;
        var first = Math.Max(end - WindowSlots + 1, _head - Slots + 1);
        for (var slot = Math.Max(0, first); slot <= end; slot++)
            sum += _packets[(int)(slot % Slots)];

        return sum;
    }

    [InlineArray(Slots)]
    private struct Ring
    {
        private uint _first;
    }
}
