using System.Text;
using CsCheck;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Share.Csv;

namespace Kizashi.Share.Tests.Csv;

public sealed class CsvExporterTests
{
    [Fact]
    public async Task Rows_have_as_many_fields_as_the_header()
    {
        var rows = Parse(await Write(Given.EveryKind));
        Assert.Equal(Given.EveryKind.Count + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        Assert.Equal("Example \"Net\", Inc.", rows[1][rows[0].IndexOf("asName")]);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r\n=1")]
    public async Task What_a_spreadsheet_would_run_gets_an_apostrophe(string text)
    {
        var rows = Parse(await Write([Given.Scan() with { Summary = text, Subject = new Subject(SubjectKind.Sensor, text) }]));
        Assert.Equal("'" + text, rows[1][rows[0].IndexOf("summary")]);
        Assert.Equal("'" + text, rows[1][rows[0].IndexOf("subject")]);
    }

    [Fact]
    public void Any_text_comes_back_as_it_was_or_with_an_apostrophe() =>
        Gen.String.Sample(text =>
        {
            var fields = Parse($"{CsvExporter.Field(text)},x\r\n")[0];
            Assert.Equal(2, fields.Count);
            Assert.True(fields[0] == text || fields[0] == "'" + text);
            Assert.False(fields[0].Length > 0 && "=+-@\t\r\n".Contains(fields[0][0], StringComparison.Ordinal));
        });

    private static async Task<string> Write(IEnumerable<Alert> alerts)
    {
        using var stream = new MemoryStream();
        await new CsvExporter().WriteAsync(alerts, stream, new ExportOptions(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A reader by the letter of RFC 4180.</summary>
    private static List<List<string>> Parse(string text)
    {
        var rows = new List<List<string>>();
        var (row, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (index + 1 < text.Length && text[index + 1] == '"')
                    field.Append(text[++index]);
                else
                    quoted = false;
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == ',' || (c == '\r' && text[index + 1] == '\n'))
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == ',')
                    continue;

                rows.Add(row);
                row = [];
                index++;
            }
            else
            {
                field.Append(c);
            }
        }

        Assert.Empty(row);
        return rows;
    }
}
