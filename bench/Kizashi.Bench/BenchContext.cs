namespace Kizashi.Bench;

/// <summary>What a measurement works with.</summary>
/// <param name="Work">A folder for generated captures and stores; kept between runs, so that inputs are made once.</param>
/// <param name="Log">Progress for people, on standard error.</param>
/// <param name="Only">The one result to measure, by name; null for all.</param>
public sealed record BenchContext(string Work, TextWriter Log, string? Only = null);
