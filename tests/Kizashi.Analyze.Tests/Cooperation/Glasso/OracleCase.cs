using System.Text.Json;
using Kizashi.Testing;

namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

/// <summary>One answer of R's glasso and of scikit-learn, computed by <c>Oracle/make.py</c>.</summary>
internal sealed record OracleCase(
    string Name, double Penalty, int Samples, int Groups, float[] Counts, OracleAnswer R, OracleAnswer Sklearn)
{
    private const string File = "tests/Kizashi.Analyze.Tests/Cooperation/Glasso/Oracle/oracle.json";

    public static IReadOnlyList<OracleCase> All { get; } = JsonSerializer.Deserialize<OracleCase[]>(
        System.IO.File.ReadAllText(Path.Combine(Repository.Root, File)), JsonSerializerOptions.Web)!;
}
