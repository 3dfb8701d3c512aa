using Kizashi.Architecture.Tests.Sources;

namespace Kizashi.Architecture.Tests.Dependencies;

public sealed class DirectionsTests
{
    [Fact]
    public void Projects_refer_only_in_the_directions_of_the_architecture()
    {
        var projects = SourceTree.ProjectFiles().Select(Project.Read).ToList();
        Assert.Superset(Directions.Allowed.Keys.ToHashSet(), projects.Select(project => project.Name).ToHashSet());
        Assert.Empty(Directions.Violations(projects));
    }

    [Fact]
    public void Sources_name_only_what_their_project_may_see() => Assert.Empty(Directions.Violations(SourceTree.Files()));

    [Fact]
    public void The_table_lets_no_stage_see_another() =>
        Assert.All(
            Directions.Stages,
            stage => Assert.Empty(Directions.Allowed[stage].Intersect(Directions.Stages)));

    [Theory]
    [InlineData("Kizashi.Warn", "../Kizashi.Share/Kizashi.Share.csproj", "Warn refers to Share")]
    [InlineData("Kizashi.Core", "../Kizashi.Wire/Kizashi.Wire.csproj", "Core refers to Wire")]
    [InlineData("Kizashi.Portal", "../Kizashi.Store/Kizashi.Store.csproj", "Portal refers to Store")]
    [InlineData("Kizashi.SensorHost", "../Kizashi.Store/Kizashi.Store.csproj", "SensorHost refers to Store")]
    [InlineData("Kizashi.Newcomer", "../Kizashi.Core/Kizashi.Core.csproj", "Newcomer is not in the table of directions")]
    public void The_check_sees_a_wrong_reference(string name, string reference, string violation)
    {
        var project = Project.Parse(name, $"<Project><ItemGroup><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>");
        Assert.Equal([violation], Directions.Violations([project]));
    }

    [Fact]
    public void The_check_sees_opened_internals()
    {
        var project = Project.Parse(
            "Kizashi.Warn", "<Project><ItemGroup><InternalsVisibleTo Include=\"Kizashi.Share\" /></ItemGroup></Project>");
        Assert.Equal(["Warn opens its internals to Kizashi.Share"], Directions.Violations([project]));
    }

    [Fact]
    public void The_check_sees_a_name_of_another_stage()
    {
        var file = new SourceFile("src/Kizashi.Analyze/A.cs", "using Kizashi.Warn.Rules;\nnamespace Kizashi.Analyze;\n");
        Assert.Equal(["src/Kizashi.Analyze/A.cs names Kizashi.Warn"], Directions.Violations([file]));
    }
}
