using System.Globalization;
using System.Net;
using System.Text;

namespace Kizashi.Cli.Evaluation;

/// <summary>A small chart as SVG: a title, two axes, and lines or bars in a plane whose coordinates go from 0 to 1.</summary>
/// <param name="title">Above the plane.</param>
/// <param name="across">Label of the axis of abscissas.</param>
/// <param name="up">Label of the axis of ordinates.</param>
internal sealed class SvgChart(string title, string across, string up)
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Left = 80;
    private const int Right = 150;
    private const int Top = 40;
    private const int Bottom = 60;

    // Okabe and Ito: told apart by the color-blind.
    private static readonly string[] Colors = ["#000000", "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"];

    private readonly StringBuilder _marks = new();
    private int _series;
    private int _areas;
    private int _legends;

    public void TickAcross(double at, string label)
    {
        Append($"<line x1='{X(at):0.#}' y1='{Y(0):0.#}' x2='{X(at):0.#}' y2='{Y(0) + 5:0.#}' stroke='#555'/>");
        Append($"<text x='{X(at):0.#}' y='{Y(0) + 20:0.#}' text-anchor='middle'>{Text(label)}</text>");
    }

    public void TickUp(double at, string label)
    {
        Append($"<line x1='{X(0):0.#}' y1='{Y(at):0.#}' x2='{X(1):0.#}' y2='{Y(at):0.#}' stroke='#ddd'/>");
        Append($"<text x='{X(0) - 8:0.#}' y='{Y(at) + 4:0.#}' text-anchor='end'>{Text(label)}</text>");
    }

    /// <summary>A line with a dot at each point, named in the legend.</summary>
    public void Line(string name, IReadOnlyList<(double X, double Y)> points)
    {
        var color = Legend(name);
        Append($"<polyline points='{Path(points)}' fill='none' stroke='{color}' stroke-width='2'/>");
        foreach (var (x, y) in points)
            Append($"<circle cx='{X(x):0.#}' cy='{Y(y):0.#}' r='3' fill='{color}'/>");
    }

    /// <summary>A line without dots; one without a name has the color of the last that had one.</summary>
    public void Trace(string? name, IReadOnlyList<(double X, double Y)> points)
    {
        var color = name is null ? Colors[(_series - 1) % Colors.Length] : Legend(name);
        Append($"<polyline points='{Path(points)}' fill='none' stroke='{color}' stroke-width='1.5'/>");
    }

    /// <summary>What lies between two lines, named in the legend; areas are shades of one color, and darker where they overlap.</summary>
    public void Area(string name, IReadOnlyList<(double X, double Lower, double Upper)> points)
    {
        const string Shade = "#0072b2";
        Legend(name, Shade, 0.2 + (0.2 * _areas++));
        var around = points.Select(point => (point.X, point.Upper)).Concat(points.Reverse().Select(point => (point.X, point.Lower)));
        Append($"<polygon points='{Path(around)}' fill='{Shade}' fill-opacity='0.2'/>");
    }

    /// <summary>Bars side by side, named in the legend.</summary>
    public void Bars(string name, IReadOnlyList<(double From, double To, double Y)> bars)
    {
        var color = Legend(name);
        foreach (var (from, to, y) in bars)
            Append($"<rect x='{X(from):0.#}' y='{Y(y):0.#}' width='{X(to) - X(from):0.#}' height='{Y(0) - Y(y):0.#}' fill='{color}'/>");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {Width} {Height}' font-family='sans-serif' font-size='12'>
        <rect width='{Width}' height='{Height}' fill='#fff'/>
        <text x='{Left}' y='22' font-size='15'>{Text(title)}</text>
        <line x1='{X(0)}' y1='{Y(0)}' x2='{X(1)}' y2='{Y(0)}' stroke='#555'/>
        <line x1='{X(0)}' y1='{Y(0)}' x2='{X(0)}' y2='{Y(1)}' stroke='#555'/>
        <text x='{X(0.5)}' y='{Height - 14}' text-anchor='middle'>{Text(across)}</text>
        <text transform='translate(16 {Y(0.5)}) rotate(-90)' text-anchor='middle'>{Text(up)}</text>
        {_marks}</svg>

        """);

    private static double X(double share) => Left + (share * (Width - Left - Right));

    private static double Y(double share) => Height - Bottom - (share * (Height - Top - Bottom));

    private static string Path(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private string Legend(string name) => Legend(name, Colors[_series++ % Colors.Length], 1);

    private string Legend(string name, string color, double opacity)
    {
        var y = Top + 8 + (20 * _legends++);
        Append($"<rect x='{X(1) + 14:0.#}' y='{y - 9}' width='10' height='10' fill='{color}' fill-opacity='{opacity:0.##}'/>");
        Append($"<text x='{X(1) + 30:0.#}' y='{y}'>{Text(name)}</text>");
        return color;
    }

    private void Append(FormattableString mark) => _marks.Append(mark.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
