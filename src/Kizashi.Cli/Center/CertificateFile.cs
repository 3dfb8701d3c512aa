using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kizashi.Cli.Configuration;
using Microsoft.AspNetCore.Connections;

namespace Kizashi.Cli.Center;

/// <summary>The center's certificate, read again when its file changes, so that renewal needs no restart.</summary>
internal static class CertificateFile
{
    public static Func<ConnectionContext?, string?, X509Certificate2?> Selector(CenterOptions options)
    {
        var gate = new Lock();
        var current = Read(options);
        var stamp = File.GetLastWriteTimeUtc(options.Certificate);
        return (_, _) =>
        {
            lock (gate)
            {
                var now = File.GetLastWriteTimeUtc(options.Certificate);
                if (now == stamp)
                    return current;

                try
                {
                    current = Read(options);
                    stamp = now;
                }
                catch (CommandException)
                {
                    // Half-written by the renewing program: the old one serves until the new one can be read.
                }

                return current;
            }
        };
    }

    /// <summary>Why the certificate cannot be served with; null when it can.</summary>
    public static string? Fault(CenterOptions options)
    {
        try
        {
            using var certificate = Read(options);
            return certificate.HasPrivateKey ? null : $"Center:Certificate {options.Certificate}: has no private key";
        }
        catch (CommandException fault)
        {
            return fault.Message;
        }
    }

    private static X509Certificate2 Read(CenterOptions options)
    {
        try
        {
            if (X509Certificate2.GetCertContentType(options.Certificate) == X509ContentType.Pkcs12)
                return X509CertificateLoader.LoadPkcs12FromFile(options.Certificate, options.CertificatePassword);

            // Kestrel needs the key in a form that survives the handshake on every platform: through PKCS#12.
            using var pem = X509Certificate2.CreateFromPemFile(options.Certificate);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"Center:Certificate {options.Certificate}: {fault.Message}", fault);
        }
    }
}
