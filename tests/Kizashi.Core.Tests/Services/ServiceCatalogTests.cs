using Kizashi.Core.Services;

namespace Kizashi.Core.Tests.Services;

public sealed class ServiceCatalogTests
{
    [Theory]
    [InlineData(6, 23, "telnet")]
    [InlineData(6, 2323, "telnet-alt")]
    [InlineData(6, 5555, "adb")]
    [InlineData(6, 6379, "redis")]
    [InlineData(6, 10250, "kubelet")]
    [InlineData(17, 389, "cldap")]
    [InlineData(17, 1900, "ssdp")]
    [InlineData(1, 8, "echo-request")]
    [InlineData(58, 128, "echo-request")]
    public void Ports_attackers_seek_have_names(int protocol, int port, string name) =>
        Assert.Equal(name, ServiceCatalog.NameOf((byte)protocol, (ushort)port));

    [Fact]
    public void Every_entry_says_in_both_languages_what_is_sought_there()
    {
        Assert.True(ServiceCatalog.All.Count >= 250);
        Assert.All(ServiceCatalog.All, service =>
        {
            Assert.NotEmpty(service.Name);
            Assert.InRange(service.Note.Length, 5, 120);
            Assert.Contains(service.NoteJapanese, letter => letter > 0x3000);
        });
    }

    [Fact]
    public void A_port_nobody_seeks_has_no_service() => Assert.Null(ServiceCatalog.Find(6, 65_000));
}
