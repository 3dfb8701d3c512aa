namespace Kizashi.Core.Sensors;

/// <summary>What a reflector has been asked and has answered since it started.</summary>
public sealed record ReflectorStatus
{
    /// <summary>Names of the services it offers.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public long Requests { get; init; }

    public long RequestBytes { get; init; }

    public long Answers { get; init; }

    public long AnswerBytes { get; init; }

    /// <summary>Requests not answered since their source had had enough.</summary>
    public long HeldBySource { get; init; }

    /// <summary>Requests not answered since their network had had enough.</summary>
    public long HeldByNetwork { get; init; }

    /// <summary>Requests not answered by the rate over all.</summary>
    public long HeldByRate { get; init; }

    /// <summary>Requests not answered since there was no room to count their source.</summary>
    public long HeldByRoom { get; init; }

    /// <summary>Requests over TCP, from sources that are not forged; they are no packets of the sensor.</summary>
    public long StreamRequests { get; init; }

    /// <summary>Requests not passed on to a real server, since it had enough to do or could not be reached.</summary>
    public long Unpassed { get; init; }

    /// <summary>Datagrams to addresses of this machine that the sensor was not told to listen on.</summary>
    public long Elsewhere { get; init; }

    /// <summary>Ports of the agnostic mode that other programs have.</summary>
    public int PortsInUse { get; init; }

    /// <summary>Answers that the system did not take.</summary>
    public long Unsent { get; init; }
}
