namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

/// <summary>Upper triangles, row by row.</summary>
internal sealed record OracleAnswer(double[] Covariance, double[] Precision);
