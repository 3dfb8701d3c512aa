namespace Kizashi.Architecture.Tests.Sources;

public sealed class FormTests
{
    /// <summary>Files that a measured hot loop makes long: none.</summary>
    private static readonly string[] Hot = [];

    /// <summary>A telescope's namespace is the telescope; the type is named from other projects only, where the namespace is not in sight.</summary>
    private static readonly string[] Stated = ["src/Kizashi.Observe/Telescope/Telescope.cs"];

    private static readonly IReadOnlyList<SourceFile> House = SourceTree.Files();

    [Fact]
    public void Files_have_at_most_400_lines() => Clean(Form.TooLong(House, Hot));

    [Fact]
    public void Every_exception_is_still_needed()
    {
        Assert.Equal(Hot.Length, Form.TooLong(House.Where(file => Hot.Contains(file.Path)), []).Count());
        var hidden = Form.HidingNamespaces(House).ToList();
        Assert.All(Stated, path => Assert.Contains(hidden, violation => violation.EndsWith(path, StringComparison.Ordinal)));
    }

    [Fact]
    public void Methods_have_at_most_60_lines() => Clean(Form.LongMethods(House, Hot));

    [Fact]
    public void Each_file_declares_the_one_type_it_is_named_for() => Clean(Form.NotOneType(House));

    [Fact]
    public void No_name_ends_in_a_word_that_says_nothing() => Clean(Form.BadNames(House));

    [Fact]
    public void No_namespace_carries_the_name_of_a_type() => Clean(Form.HidingNamespaces(House, Stated));

    [Fact]
    public void Namespaces_are_folders() => Clean(Form.StrayNamespaces(House));

    [Fact]
    public void Nothing_is_left_for_later() => Clean(Form.Unfinished(House));

    [Fact]
    public void Alert_kinds_are_spelled_in_the_catalog_only() => Clean(Form.StrayKinds(House));

    [Fact]
    public void The_house_was_found() => Assert.True(House.Count > 150, $"{House.Count} files");

    [Fact]
    public void The_checks_see_a_long_file()
    {
        var file = File(string.Concat(Enumerable.Repeat("//\n", 401)));
        Assert.Single(Form.TooLong([file], []));
        Assert.Empty(Form.TooLong([file], [file.Path]));
        Assert.Empty(Form.TooLong([File(string.Concat(Enumerable.Repeat("//\n", 400)))], []));
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void The_checks_see_a_long_method(int lines, int violations)
    {
        var body = string.Concat(Enumerable.Repeat("        Do();\n", lines));
        var file = File($"public sealed class A\n{{\n    public void M(\n        int x)\n    {{\n{body}    }}\n}}\n");
        Assert.Equal(violations, Form.LongMethods([file], []).Count());
    }

    [Theory]
    [InlineData("public sealed class A;\ninternal enum B { One }\n")]
    [InlineData("public sealed class B;\n")]
    [InlineData("// nothing\n")]
    public void The_checks_see_a_file_that_is_not_its_one_type(string text) => Assert.Single(Form.NotOneType([File(text)]));

    [Fact]
    public void The_checks_see_every_form_of_declaration()
    {
        foreach (var form in new[] { "class", "record", "record struct", "interface", "enum", "delegate void", "ref struct" })
            Assert.Equal([("A", false)], File($"internal {form} A\n").Types);

        Assert.Equal([("A", true)], File("public readonly record struct A<T>(int X)\n").Types);
    }

    [Theory]
    [InlineData("AlertManager")]
    [InlineData("StringHelper")]
    [InlineData("RuleBase")]
    public void The_checks_see_a_name_that_says_nothing(string name) =>
        Assert.Single(Form.BadNames([File($"public sealed class {name};\n")]));

    [Fact]
    public void The_checks_see_a_namespace_that_hides_a_type()
    {
        var type = new SourceFile("src/Kizashi.Core/Alert.cs", "namespace Kizashi.Core;\npublic sealed record Alert;\n");
        var inside = File("namespace Kizashi.Warn.Alert;\npublic sealed record Other;\n");
        Assert.Single(Form.HidingNamespaces([type, inside]));

        var unseen = new SourceFile("src/Kizashi.Share/Alert.cs", "namespace Kizashi.Share;\npublic sealed record Alert;\n");
        Assert.Empty(Form.HidingNamespaces([unseen, inside]));
        var project = File("namespace Kizashi.Warn;\npublic sealed record Share;\n");
        Assert.Single(Form.HidingNamespaces([unseen, project]));
    }

    [Fact]
    public void The_checks_see_a_namespace_that_is_not_the_folder() =>
        Assert.Single(Form.StrayNamespaces([File("namespace Kizashi.Warn.Rules;\n")]));

    [Theory]
    [InlineData("    // TODO: later\n")]
    [InlineData("    throw new NotImplementedException();\n")]
    public void The_checks_see_unfinished_work(string text) => Assert.Single(Form.Unfinished([File(text)]));

    [Fact]
    public void The_checks_see_a_kind_spelled_elsewhere() =>
        Assert.Single(Form.StrayKinds([File("var kind = \"darknet.scan\";\n")]));

    private static void Clean(IEnumerable<string> violations)
    {
        if (violations.ToList() is { Count: > 0 } found)
            Assert.Fail(string.Join('\n', found));
    }

    private static SourceFile File(string text) => new("src/Kizashi.Warn/A.cs", text);
}
