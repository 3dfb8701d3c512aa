using Kizashi.Simulation.Frames;

namespace Kizashi.Simulation.Traffic;

/// <summary>Makes the packets of one component, slice by slice, and tells the truth about them.</summary>
internal abstract class TrafficGenerator(SimulatedWorld world, (long From, long To) times, SeededRandom random)
{
    protected SimulatedWorld World => world;

    protected SeededRandom Random => random;

    /// <summary>First moment, microseconds since 1970.</summary>
    protected long From => times.From;

    /// <summary>End, exclusive.</summary>
    protected long To => times.To;

    /// <summary>Writes all packets between the slice's bounds; slices never overlap and come in the order of time.</summary>
    public void Emit(PacketSlice slice)
    {
        var from = Math.Max(slice.From, From);
        var to = Math.Min(slice.To, To);
        if (from < to)
            Emit(slice, from, to);
    }

    /// <summary>A UTC day is over: enters what each source has sent on it.</summary>
    public abstract void FoldDay();

    /// <summary>Judges everything that still goes on.</summary>
    public abstract void Finish();

    protected abstract void Emit(PacketSlice slice, long from, long to);

    /// <summary>Uniform between the bounds.</summary>
    protected long MomentIn(long from, long to) => from + (long)random.Below((ulong)(to - from));
}
