using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>How announcements did, over all series.</summary>
public sealed record SurgeTally
{
    private const int MostLeads = 1_000;

    public int Came { get; set; }

    public int Missed { get; set; }

    public int False { get; set; }

    /// <summary>Hours of series in which a surge could have been announced.</summary>
    public long Hours { get; set; }

    /// <summary>Hours ahead at which those that came were announced, the latest thousand.</summary>
    public List<int> Leads { get; init; } = [];

    public void Add(int lead)
    {
        Came++;
        Leads.Add(lead);
        if (Leads.Count > MostLeads)
            Leads.RemoveAt(0);
    }

    /// <param name="open">Announcements whose time is not over.</param>
    public SurgeRecord ToRecord(int open)
    {
        int[] leads = [.. Leads.Order()];
        return new SurgeRecord(Came, Missed, False, open, leads.Length == 0 ? null : leads[leads.Length / 2], Hours);
    }
}
