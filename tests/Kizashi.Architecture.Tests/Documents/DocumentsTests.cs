using Kizashi.Core;
using Kizashi.Testing;

namespace Kizashi.Architecture.Tests.Documents;

public sealed class DocumentsTests
{
    [Fact]
    public void Every_alert_kind_has_its_section_and_every_section_its_kind() =>
        Assert.Equal(EventCatalog.AlertKinds.Order(), Paper.Kinds(Read("docs/events.md")).Order());

    [Fact]
    public void Exit_codes_are_documented_as_they_are()
    {
        var codes = Paper.ExitCodesInCode(Read("src/Kizashi.Cli/ExitCodes.cs"));
        Assert.Equal([0, 1, 2, 3], codes.Order());
        Assert.Equal(codes.Order(), Paper.ExitCodes(Read("docs/60-operate.md")).Order());
    }

    [Fact]
    public void Every_package_has_its_reason()
    {
        var page = Read("docs/designs/dependencies.md");
        var packages = Paper.Packages(Read("Directory.Packages.props"));
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains($"`{package}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"));
        foreach (var page in pages)
        {
            foreach (var link in Paper.Links(File.ReadAllText(page)))
                Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)), $"{page}: {link}");
        }
    }

    [Fact]
    public void The_checks_see_what_is_missing()
    {
        Assert.Equal(["darknet.scan", "sensor.gap"], Paper.Kinds("# E\n## darknet.scan\n## How it is\n## sensor.gap\n"));
        Assert.Equal([0, 2], Paper.ExitCodes("| 0 | done |\n| 2 | usage |\n| x | y |\n"));
        Assert.Equal([0, 3], Paper.ExitCodesInCode("const int Done = 0;\nconst int BadInput = 3;"));
        Assert.Equal(["A.B"], Paper.Packages("<P><PackageVersion Include=\"A.B\" Version=\"1\" /></P>"));
        Assert.Equal(["x.md"], Paper.Links("[a](x.md#b) [b](https://x) [c](#d)"));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
}
