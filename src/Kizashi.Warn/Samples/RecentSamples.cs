using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Microsoft.Extensions.Options;

namespace Kizashi.Warn.Samples;

/// <summary>The raw packets of the last while by subject, so that a new alert has evidence at once. Safe to use from several threads.</summary>
/// <remarks>Of each subject the first eight and the latest eight are held; the subject longest without a packet goes first.</remarks>
public sealed class RecentSamples
{
    private const int Half = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<Address, LinkedListNode<Held>> _subjects = [];
    private readonly LinkedList<Held> _byAge = new();
    private readonly int _capacity;
    private int _count;

    public RecentSamples(IOptions<WarnOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _capacity = options.Value.SamplesInMemory;
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    public void Add(IReadOnlyList<PacketSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0)
            return;

        lock (_gate)
        {
            foreach (var sample in samples)
                Add(sample);
        }
    }

    /// <summary>Samples of a subject from a time on, oldest first.</summary>
    /// <param name="subject">Victim or sender.</param>
    /// <param name="fromMicros">Microseconds since 1970 UTC.</param>
    public IReadOnlyList<PacketSample> Of(Address subject, long fromMicros)
    {
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var node)
                ? [.. node.Value.First.Concat(node.Value.Latest).Where(sample => sample.TimeMicros >= fromMicros)]
                : [];
        }
    }

    /// <summary>How many samples of a subject came since it is held; 0 when none is.</summary>
    public long Seen(Address subject)
    {
        lock (_gate)
            return _subjects.TryGetValue(subject, out var node) ? node.Value.Seen : 0;
    }

    private void Add(PacketSample sample)
    {
        if (_subjects.TryGetValue(sample.Subject, out var node))
            _byAge.Remove(node);
        else
            _subjects[sample.Subject] = node = new LinkedListNode<Held>(new Held(sample.Subject));

        _byAge.AddLast(node);
        _count += node.Value.Add(sample);
        while (_count > _capacity)
        {
            var oldest = _byAge.First!;
            _byAge.RemoveFirst();
            _subjects.Remove(oldest.Value.Subject);
            _count -= oldest.Value.First.Count + oldest.Value.Latest.Count;
        }
    }

    private sealed class Held(Address subject)
    {
        public Address Subject => subject;

        public List<PacketSample> First { get; } = [];

        public Queue<PacketSample> Latest { get; } = [];

        public long Seen { get; private set; }

        public int Add(PacketSample sample)
        {
            Seen++;
            if (First.Count < Half)
            {
                First.Add(sample);
                return 1;
            }

            Latest.Enqueue(sample);
            if (Latest.Count <= Half)
                return 1;

            Latest.Dequeue();
            return 0;
        }
    }
}
