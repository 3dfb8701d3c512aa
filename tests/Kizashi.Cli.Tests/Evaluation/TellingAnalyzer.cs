using Kizashi.Analyze.Cooperation;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Cli.Tests.Evaluation;

/// <summary>An analyzer that tells of outbreaks at given moments, whatever it observes.</summary>
internal sealed class TellingAnalyzer(
    string sensor, IEngineListener listener, params (DateTimeOffset At, string Id, string[] Ports, EngineVote[] Votes)[] told) : IAnalyzer
{
    private int _next;

    public string Name => "telling";

    public IReadOnlyList<AnalyzerLoss> Losses => [];

    public long Rows { get; private set; }

    public void Observe(ObservationBatch batch)
    {
        Assert.Equal(sensor, batch.Sensor);
        Rows += batch.Rows;
    }

    public void Advance(long watermarkMillis, ICollection<Finding> findings)
    {
        for (; _next < told.Length && told[_next].At.ToUnixTimeMilliseconds() <= watermarkMillis; _next++)
        {
            findings.Add(Outbreak(told[_next].Id, told[_next].Ports, told[_next].Votes));
            foreach (var vote in told[_next].Votes)
                listener.Hear([new EngineRow(vote.Engine, vote.WindowEnd, told[_next].Ports, 0, vote.Score, "")], []);
        }
    }

    public void Finish(ICollection<Finding> findings)
    {
    }

    public void Save(Stream stream) => throw new NotSupportedException();

    public void Load(Stream stream) => throw new NotSupportedException();

    private OutbreakFinding Outbreak(string id, string[] ports, EngineVote[] votes) => new()
    {
        EventId = id,
        State = FindingState.Ongoing,
        FirstSeen = told[0].At,
        LastSeen = told[0].At,
        Sensor = sensor,
        Score = 1,
        Campaign = "c",
        Ports = ports,
        Packets = 1,
        Hosts = 1,
        Groups = 1,
        Grouping = "/16",
        Votes = votes,
        Growth = [],
    };
}
