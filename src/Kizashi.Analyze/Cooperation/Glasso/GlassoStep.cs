namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>How the graphical lasso went at one penalty.</summary>
/// <param name="Penalty">The penalty.</param>
/// <param name="Edges">Pairs of hosts whose precision is not zero.</param>
/// <param name="Linked">Hosts with at least one edge.</param>
/// <param name="Parts">Connected parts of at least two hosts.</param>
/// <param name="Largest">Hosts of the largest part; 0 without one.</param>
/// <param name="Sweeps">Most sweeps that a part took.</param>
/// <param name="Work">Multiplications done.</param>
/// <param name="Converged">False if the allowed work ended first: the graph is then only near the solution.</param>
internal sealed record GlassoStep(
    double Penalty, int Edges, int Linked, int Parts, int Largest, int Sweeps, long Work, bool Converged);
