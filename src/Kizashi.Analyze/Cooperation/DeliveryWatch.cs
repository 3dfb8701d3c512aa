using Kizashi.Analyze.Cooperation.Activity;
using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Cooperation;

/// <summary>Knows what of a window is missing, so that a gap is neither taken for peace nor its end for an outbreak.</summary>
internal sealed class DeliveryWatch
{
    public const string Gap = "gap";
    public const string Loss = "loss";
    public const string Late = "late";
    public const string ClockStep = "clock-step";
    public const string Repeated = "repeated";

    private const int WindowMinutes = 10;
    private const int Minutes = 60;
    private const int LeastRate = 10;
    private const double LossShare = 0.01;
    private const double StepShare = 0.5;
    private const double EvenShare = 0.6;
    private const int LeastEven = 32;

    private readonly Queue<long> _recent = new();
    private int _heard;
    private int _repeated;
    private Delivery _delivery;

    /// <summary>Did all of a minute, or most of it, come twice?</summary>
    /// <remarks>
    /// Then nearly every source has an even number of packets in every slot, where most have one otherwise.
    /// </remarks>
    public static bool IsRepeated(ReadOnlySpan<MinuteContact> contacts)
    {
        var even = 0;
        foreach (ref readonly var contact in contacts)
            even += contact.Activity.Slots.AreEven ? 1 : 0;

        return contacts.Length >= LeastEven && even > EvenShare * contacts.Length;
    }

    /// <summary>Takes a minute that had packets.</summary>
    /// <param name="packets">How many.</param>
    /// <param name="isRepeated">They came twice.</param>
    public void Hear(long packets, bool isRepeated)
    {
        _repeated += isRepeated ? 1 : 0;
        var usual = Usual();
        if (packets > 0 && packets * 20 >= usual)
            _heard++;

        _recent.Enqueue(packets);
        if (_recent.Count > Minutes)
            _recent.Dequeue();
    }

    public void Add(Delivery delivery) => _delivery += delivery;

    /// <summary>What limits the window that ends now; starts over for the next.</summary>
    public List<string> EndWindow()
    {
        var conditions = new List<string>();
        if (_heard < WindowMinutes && Usual() >= LeastRate)
            conditions.Add(Gap);

        if (_delivery.Late > StepShare * _delivery.Packets)
            conditions.Add(ClockStep);
        else if (_delivery.Late > LossShare * _delivery.Packets)
            conditions.Add(Late);

        if (_delivery.Dropped > LossShare * _delivery.Packets)
            conditions.Add(Loss);

        if (_repeated > 0)
            conditions.Add(Repeated);

        (_heard, _repeated, _delivery) = (0, 0, default);
        return conditions;
    }

    public void Save(StateWriter writer)
    {
        writer.WriteSpan<long>([.. _recent]);
        writer.Write(_heard);
        writer.Write(_repeated);
        writer.Write(_delivery);
    }

    public void Load(StateReader reader)
    {
        foreach (var packets in reader.ReadSpan<long>(Minutes))
            _recent.Enqueue(packets);

        _heard = reader.Read<int>();
        _repeated = reader.Read<int>();
        _delivery = reader.Read<Delivery>();
    }

    private long Usual() => _recent.Count == 0 ? 0 : _recent.Order().ElementAt(_recent.Count / 2);
}
