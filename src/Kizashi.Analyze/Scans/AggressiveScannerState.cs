using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Scans;

/// <summary>Writes and reads an <see cref="AggressiveScanner"/>.</summary>
internal static class AggressiveScannerState
{
    private const int Most = 1 << 20;

    public static void Save(AggressiveScanner scanner, StateWriter writer)
    {
        writer.Write(scanner.Source.Value);
        writer.Write(scanner.Day);
        writer.Write(scanner.ByCoverage);
        writer.Write(scanner.ByPackets);
        writer.Write(scanner.ByPorts);
        writer.Write(scanner.IsJudged);
        writer.Write(scanner.IsExact);
        writer.Write(scanner.Coverage);
        writer.Write(scanner.Score);
        writer.Write(scanner.DayPackets);
        writer.Write(scanner.DayPorts);
        writer.Write(scanner.First);
        writer.Write(scanner.Last);
        SaveTexts(scanner.Tools, writer);
        SaveTexts(scanner.OpenEvents, writer);
        writer.WriteSpan<int>([.. scanner.EventPorts]);
        SaveTexts(scanner.Events.Keys, writer);
        writer.WriteSpan<long>([.. scanner.Events.Values]);
    }

    public static AggressiveScanner Load(StateReader reader)
    {
        var scanner = new AggressiveScanner(new Address(reader.Read<UInt128>()), reader.Read<int>())
        {
            ByCoverage = reader.Read<bool>(),
            ByPackets = reader.Read<bool>(),
            ByPorts = reader.Read<bool>(),
            IsJudged = reader.Read<bool>(),
            IsExact = reader.Read<bool>(),
            Coverage = reader.Read<double>(),
            Score = reader.Read<double>(),
            DayPackets = reader.Read<long>(),
            DayPorts = reader.Read<long>(),
            First = reader.Read<long>(),
            Last = reader.Read<long>(),
        };
        scanner.Tools.UnionWith(LoadTexts(reader));
        scanner.OpenEvents.UnionWith(LoadTexts(reader));
        scanner.EventPorts.UnionWith(reader.ReadSpan<int>(Most));
        var events = LoadTexts(reader);
        var packets = reader.ReadSpan<long>(Most);
        if (events.Length != packets.Length)
            throw new InvalidDataException("an aggressive scanner's events do not match their counts");

        for (var at = 0; at < events.Length; at++)
            scanner.SetEvent(events[at], packets[at]);

        return scanner;
    }

    private static void SaveTexts(ICollection<string> texts, StateWriter writer)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
            writer.WriteText(text);
    }

    private static string[] LoadTexts(StateReader reader)
    {
        var texts = new string[reader.ReadCount(Most)];
        for (var at = 0; at < texts.Length; at++)
            texts[at] = reader.ReadText();

        return texts;
    }
}
