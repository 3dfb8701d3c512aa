namespace Kizashi.Core.Storage;

/// <summary>A person who may sign in.</summary>
/// <param name="Name">Unique, case-insensitive.</param>
/// <param name="PasswordHash">As ASP.NET Core Identity's hasher writes it.</param>
/// <param name="Role">admin for now.</param>
/// <param name="Created">When.</param>
public sealed record Account(string Name, string PasswordHash, string Role, DateTimeOffset Created);
