using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace Kizashi.Cli.Forecasts;

/// <summary>Reads a series from a CSV file with a line of names: times, if any, in the first column, oldest first.</summary>
internal static class SeriesFile
{
    private const int MostRows = 1_000_000;

    private static readonly string[] TimeForms =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    /// <exception cref="CommandException">It is not there, or no series; the message names the line.</exception>
    public static ReadSeries Read(string path, string? column)
    {
        try
        {
            using var parser = new TextFieldParser(path) { TextFieldType = FieldType.Delimited, HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
            parser.SetDelimiters(",", ";", "\t");
            return Read(parser, path, column);
        }
        catch (MalformedLineException fault)
        {
            throw new CommandException(ExitCodes.BadInput, $"{path}, line {fault.LineNumber}: it is no line of CSV", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, fault.Message, fault);
        }
    }

    private static ReadSeries Read(TextFieldParser parser, string path, string? column)
    {
        var names = parser.ReadFields() ?? throw Fault(path, 1, "the file is empty");
        var rows = new List<(long Line, string[] Fields)>();
        while (!parser.EndOfData)
        {
            var line = parser.LineNumber;
            if (rows.Count == MostRows)
                throw Fault(path, line, $"a series has at most {MostRows:#,0} values");

            rows.Add((line, parser.ReadFields()!));
        }

        var hasTimes = names.Length > 1 && rows.Count > 0 && TryTime(rows[0].Fields[0], out _);
        var at = column is null ? (hasTimes ? 1 : 0) : Array.IndexOf(names, column);
        if (at < 0)
            throw new CommandException(ExitCodes.Usage, $"{path} has no column '{column}'; it has {string.Join(", ", names)}");

        double[] values = [.. rows.Select(row => Value(path, row, at))];
        if (!hasTimes || rows.Count < 2)
            return new ReadSeries(names[at], values, null, null);

        var times = rows.Select(row => TryTime(row.Fields[0], out var time) ? time : throw Fault(path, row.Line, $"'{row.Fields[0]}' is not a time such as 2026-11-27T13:00Z")).ToList();
        return Spread(path, names[at], rows, times, values);
    }

    // Steps that are left out are gaps.
    private static ReadSeries Spread(string path, string name, List<(long Line, string[] Fields)> rows, List<DateTimeOffset> times, double[] values)
    {
        var gaps = times.Zip(times.Skip(1), (earlier, later) => later - earlier).ToList();
        var back = gaps.FindIndex(gap => gap <= TimeSpan.Zero);
        if (back >= 0)
            throw Fault(path, rows[back + 1].Line, $"{rows[back + 1].Fields[0]} does not come after the time before it");

        var step = gaps.Order().ElementAt(gaps.Count / 2);
        var spread = new List<double> { values[0] };
        for (var at = 0; at < gaps.Count; at++)
        {
            if (gaps[at].Ticks % step.Ticks != 0)
                throw Fault(path, rows[at + 1].Line, $"{rows[at + 1].Fields[0]} is not a whole number of steps of {step} after the time before it");

            var missing = (gaps[at].Ticks / step.Ticks) - 1;
            if (spread.Count + missing > MostRows)
                throw Fault(path, rows[at + 1].Line, "the gap before it is too long");

            spread.AddRange(Enumerable.Repeat(double.NaN, (int)missing));
            spread.Add(values[at + 1]);
        }

        return new ReadSeries(name, [.. spread], times[^1], step);
    }

    private static double Value(string path, (long Line, string[] Fields) row, int at)
    {
        if (at >= row.Fields.Length)
            throw Fault(path, row.Line, "it has fewer columns than the first line");

        var text = row.Fields[at];
        if (text.Length == 0 || text is "NA" or "NaN" or "nan" or "null" or "-")
            return double.NaN;

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fault(path, row.Line, $"'{Terminal.TerminalText.Clean(text)}' is not a number");
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static CommandException Fault(string path, long line, string reason) => new(ExitCodes.BadInput, $"{path}, line {line}: {reason}");
}
