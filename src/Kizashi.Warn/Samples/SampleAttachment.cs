using System.Data.Common;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Warn.LifeCycle;
using Kizashi.Warn.Rules;
using Microsoft.Extensions.Logging;

namespace Kizashi.Warn.Samples;

/// <summary>Gives alerts their raw packets: at the opening, again until there are three, and once more at the end.</summary>
internal sealed class SampleAttachment
{
    public const int Enough = 3;
    public const int Most = 16;
    private const int AtOpening = 8;
    private const int MostHungry = 1_024;
    private const int MostSources = 16;
    private const int EachSource = 2;
    private const int Patience = 10;
    private const long SecondMicros = 1_000_000;

    private readonly IAlertStore _alerts;
    private readonly IObservationStore _observations;
    private readonly RecentSamples _recent;
    private readonly WarnMetrics _metrics;
    private readonly int _lookups;
    private readonly ILogger _logger;
    private readonly LinkedList<AlertState> _hungry = new();

    public SampleAttachment(
        IAlertStore alerts, IObservationStore observations, RecentSamples recent, WarnMetrics metrics, int lookups, ILogger logger)
    {
        _alerts = alerts;
        _observations = observations;
        _recent = recent;
        _metrics = metrics;
        _lookups = lookups;
        _logger = logger;
    }

    public void Attach(IReadOnlyList<AlertState> saved)
    {
        foreach (var state in saved)
        {
            if (state.Alert.Subject.Kind is not (SubjectKind.Address or SubjectKind.Campaign or SubjectKind.Prefix))
                continue;

            if (state.Samples < 0)
                state.Samples = _alerts.Samples(state.Alert.Id).Count;

            if (state.Samples < Enough || state.Alert.Closed is not null)
                FromMemory(state);

            if (state.Samples < Enough && !state.IsHungry)
                Wait(state);
        }

        Feed(_lookups);
    }

    private void Wait(AlertState state)
    {
        state.IsHungry = true;
        _hungry.AddLast(state);
        if (_hungry.Count > MostHungry)
            GiveUp(_hungry.First!);
    }

    /// <summary>Looks everything outstanding up at once: the capture is over and nobody waits for the next round.</summary>
    public void Complete() => Feed(int.MaxValue);

    // Packets may come after the finding that opened the alert; and after a restart memory is empty but the store is not.
    private void Feed(int lookups)
    {
        for (var node = _hungry.First; node is not null;)
        {
            var (state, current) = (node.Value, node);
            node = node.Next;
            FromMemory(state);
            var isOver = state.Alert.Closed is not null;
            state.RoundsHungry++;
            if (state.Samples < Enough && lookups > 0 && (isOver || (state.RoundsHungry >= Patience && !state.SamplesSought)))
            {
                lookups--;
                FromStore(state);
                if (isOver && state.Samples < Enough)
                {
                    _metrics.SamplesMissing();
                    Leave(current);
                }
            }

            if (state.Samples >= Enough && state.IsHungry)
                Leave(current);
        }
    }

    private void GiveUp(LinkedListNode<AlertState> node)
    {
        _metrics.SamplesMissing();
        Leave(node);
    }

    private void Leave(LinkedListNode<AlertState> node)
    {
        node.Value.IsHungry = false;
        _hungry.Remove(node);
    }

    private void FromMemory(AlertState state)
    {
        // Asked of every hungry alert in every round, so the usual answer, nothing new, must cost nothing.
        var subjects = SubjectsOf(state.Alert);
        var seen = subjects.Sum(_recent.Seen);
        if (seen == state.SamplesSeen)
            return;

        state.SamplesSeen = seen;
        var from = Micros(state.Alert.FirstSeen) - SecondMicros;
        Add(state, Choose(state.Alert, subjects, subject => _recent.Of(subject, from)));
    }

    private void FromStore(AlertState state)
    {
        state.SamplesSought = true;
        try
        {
            var second = TimeSpan.FromSeconds(1);
            var range = new TimeRange(state.Alert.FirstSeen - second, state.Alert.LastSeen + second);
            Add(state, Choose(state.Alert, SubjectsOf(state.Alert), subject =>
                _observations.SamplesAsync(subject, range, AtOpening, CancellationToken.None).GetAwaiter().GetResult()));
        }
        catch (Exception reason) when (reason is DbException or IOException)
        {
            _logger.SampleLookupFailed(reason);
        }
    }

    // An outbreak, or an attacked network, has no address of its own: some of those that take part stand for it.
    private static List<Address> SubjectsOf(Alert alert)
    {
        var names = alert.Subject.Kind switch
        {
            SubjectKind.Address => [alert.Subject.Value],
            SubjectKind.Prefix => Wording.Read(alert.Details, AlertDetails.Victims).Take(MostSources),
            _ => Wording.Read(alert.Details, AlertDetails.Sources).Take(MostSources),
        };
        return [.. names.Select(name => Address.TryParse(name, out var address) ? address : (Address?)null).OfType<Address>()];
    }

    // Of an outbreak's sources, or a network's victims, a few packets each, and only those to its ports.
    private static IReadOnlyList<PacketSample> Choose(
        Alert alert, List<Address> subjects, Func<Address, IReadOnlyList<PacketSample>> read)
    {
        if (alert.Subject.Kind == SubjectKind.Address)
            return [.. subjects.SelectMany(read)];

        var chosen = new List<PacketSample>();
        foreach (var subject in subjects)
        {
            chosen.AddRange(read(subject).Where(sample => Fits(alert, sample)).Take(EachSource));
            if (chosen.Count >= AtOpening)
                break;
        }

        return [.. chosen.OrderBy(sample => sample.TimeMicros)];
    }

    private void Add(AlertState state, IReadOnlyList<PacketSample> candidates)
    {
        var fresh = candidates.Where(sample => sample.TimeMicros > state.SampledUntil).ToList();
        var fitting = fresh.FindAll(sample => Fits(state.Alert, sample));
        var chosen = fitting.Count + state.Samples >= Enough ? fitting : fresh;
        var room = Math.Min(AtOpening, Most - state.Samples);
        if (chosen.Count > room)
            chosen = chosen[..room];

        if (chosen.Count == 0)
            return;

        _alerts.AddSamples(state.Alert.Id, chosen);
        state.Samples += chosen.Count;
        state.SampledUntil = chosen.Max(sample => sample.TimeMicros);
    }

    // The same address may scan and be attacked at once; prefer the packets that show what the alert says.
    private static bool Fits(Alert alert, PacketSample sample)
    {
        if (alert.Kind == EventCatalog.DarknetDosVictim)
            return sample.Destination != sample.Subject && (sample.Source != sample.Subject || IsAnswer(sample));

        var ports = Wording.Read(alert.Details, AlertDetails.Ports);
        return ports.Count == 0 || ports.Contains(Wording.Port(sample.Protocol, sample.Port));
    }

    private static bool IsAnswer(PacketSample sample)
    {
        const int TcpFlagsOffset = 13;
        const int SynAckRst = 0x02 | 0x10 | 0x04;
        if (sample.Protocol != 6)
            return sample.Protocol is 1 or 58;

        var header = sample.Source.IsV4 ? (sample.Bytes.Length > 0 ? (sample.Bytes[0] & 15) * 4 : 0) : 40;
        return sample.Bytes.Length <= header + TcpFlagsOffset || (sample.Bytes[header + TcpFlagsOffset] & SynAckRst) != 0x02;
    }

    private static long Micros(DateTimeOffset time) => time.ToUnixTimeMilliseconds() * 1_000;
}
