namespace Kizashi.Simulation.Truth;

/// <summary>Counts the answers of one victim by the RSDoS rule (Moore et al. 2001, as corsaro3 applies it).</summary>
internal struct VictimVector
{
    private const long LeastPackets = 25;
    private const long LeastMillis = 60_000;
    private const long LeastPacketsPerMinute = 30;
    private const long IntervalMillis = 60_000;
    private const long SlotMillis = 10_000;
    private const int Slots = 6;

    private SlotCounts _counts;
    private long _slot;
    private long _window;

    public long Packets { get; private set; }

    public long FirstMillis { get; private set; }

    public long LastMillis { get; private set; }

    /// <summary>Most packets in a 60-second window sliding by 10 seconds.</summary>
    public long MostPerMinute { get; private set; }

    public readonly bool IsAttack =>
        Packets >= LeastPackets && LastMillis - FirstMillis >= LeastMillis && MostPerMinute >= LeastPacketsPerMinute;

    /// <summary>True when a whole aligned interval passed without a packet, which ends the vector.</summary>
    public readonly bool IsOverAt(long millis) =>
        Packets > 0 && (millis / IntervalMillis) - (LastMillis / IntervalMillis) > 1;

    public void Count(long millis)
    {
        var slot = millis / SlotMillis;
        if (Packets == 0)
        {
            FirstMillis = millis;
            _slot = slot;
        }

        for (; _slot < slot; _slot++)
        {
            var leaving = (int)((_slot + 1) % Slots);
            _window -= _counts[leaving];
            _counts[leaving] = 0;
        }

        _counts[(int)(slot % Slots)]++;
        _window++;
        Packets++;
        LastMillis = millis;
        MostPerMinute = Math.Max(MostPerMinute, _window);
    }

    [System.Runtime.CompilerServices.InlineArray(Slots)]
    private struct SlotCounts
    {
        private long _first;
    }
}
