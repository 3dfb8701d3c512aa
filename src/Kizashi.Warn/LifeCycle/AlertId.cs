using System.Security.Cryptography;
using System.Text;

namespace Kizashi.Warn.LifeCycle;

/// <summary>Names alerts: the same kind, subject and first event give the same id in any run.</summary>
public static class AlertId
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;

    public static string From(string kind, string subject, string firstEvent)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\0{subject}\0{firstEvent}"));
        return string.Create(Length, hash, static (text, bytes) =>
        {
            var (bits, held, next) = (0u, 0, 0);
            for (var index = 0; index < text.Length; index++)
            {
                if (held < 5)
                {
                    bits = (bits << 8) | bytes[next++];
                    held += 8;
                }

                held -= 5;
                text[index] = Crockford[(int)(bits >> held) & 31];
            }
        });
    }
}
