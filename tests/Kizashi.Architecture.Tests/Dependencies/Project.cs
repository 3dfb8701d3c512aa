using System.Xml.Linq;

namespace Kizashi.Architecture.Tests.Dependencies;

/// <summary>A project of src and what it refers to, as its project file says.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Friends)
{
    public static Project Read(string path) => Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    public static Project Parse(string name, string xml)
    {
        var items = XDocument.Parse(xml).Descendants().ToList();
        return new Project(
            Short(name),
            [.. Includes(items, "ProjectReference").Select(include => Short(Path.GetFileNameWithoutExtension(include)))],
            [.. Includes(items, "InternalsVisibleTo")]);
    }

    private static IEnumerable<string> Includes(List<XElement> items, string item) =>
        items.Where(element => element.Name.LocalName == item).Select(element => (string?)element.Attribute("Include") ?? "");

    private static string Short(string name) => name.Replace("Kizashi.", "", StringComparison.Ordinal);
}
