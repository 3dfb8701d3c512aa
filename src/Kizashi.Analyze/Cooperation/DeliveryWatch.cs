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

    private const int WindowMinutes = 10;
    private const int Minutes = 60;
    private const int LeastRate = 10;
    private const double LossShare = 0.01;
    private const double StepShare = 0.5;

    private readonly Queue<long> _recent = new();
    private int _heard;
    private Delivery _delivery;

    /// <summary>Takes a minute that had packets.</summary>
    public void Hear(long packets)
    {
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

        (_heard, _delivery) = (0, default);
        return conditions;
    }

    public void Save(StateWriter writer)
    {
        writer.WriteSpan<long>([.. _recent]);
        writer.Write(_heard);
        writer.Write(_delivery);
    }

    public void Load(StateReader reader)
    {
        foreach (var packets in reader.ReadSpan<long>(Minutes))
            _recent.Enqueue(packets);

        _heard = reader.Read<int>();
        _delivery = reader.Read<Delivery>();
    }

    private long Usual() => _recent.Count == 0 ? 0 : _recent.Order().ElementAt(_recent.Count / 2);
}
