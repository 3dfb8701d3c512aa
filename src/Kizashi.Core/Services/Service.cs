namespace Kizashi.Core.Services;

/// <summary>What lives on a port, and what attackers seek there.</summary>
/// <param name="Protocol">IANA protocol number: 6, 17, 1 or 58.</param>
/// <param name="Port">Port, or ICMP type.</param>
/// <param name="Name">Short name, such as telnet.</param>
/// <param name="Note">What attackers seek there, in English.</param>
/// <param name="NoteJapanese">The same in Japanese.</param>
public sealed record Service(byte Protocol, ushort Port, string Name, string Note, string NoteJapanese);
