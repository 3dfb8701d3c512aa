namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Packets of one host group to one port in one minute.</summary>
/// <param name="Minute">Of the window, from 0.</param>
/// <param name="Group">Index of the host group, from 0.</param>
/// <param name="Port">Index of the port, from 0.</param>
/// <param name="Packets">Several cells of the same place add up.</param>
internal readonly record struct TensorCell(int Minute, int Group, int Port, float Packets);
