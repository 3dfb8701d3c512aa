using Kizashi.Core.Storage;

namespace Kizashi.Store.Tests.Embedded;

public sealed class AccountStoreTests
{
    [Fact]
    public void Names_are_one_whatever_their_case()
    {
        using var fixture = new StoreFixture();
        Assert.False(fixture.Store.Accounts.Any());
        fixture.Store.Accounts.Save(new Account("Ärztin", "hash", "admin", StoreFixture.Noon));
        fixture.Store.Accounts.Save(new Account("ÄRZTIN", "newer", "admin", StoreFixture.Noon));
        fixture.Reopen();
        Assert.True(fixture.Store.Accounts.Any());
        Assert.Equal(new Account("ÄRZTIN", "newer", "admin", StoreFixture.Noon), fixture.Store.Accounts.Find("ärztin"));
        Assert.Null(fixture.Store.Accounts.Find("nobody"));
    }

    [Fact]
    public void A_link_is_worth_something_once_and_not_after_its_time()
    {
        using var fixture = new StoreFixture();
        var accounts = fixture.Store.Accounts;
        accounts.AddToken([1, 2], "setup", StoreFixture.Noon.AddMinutes(5));
        accounts.AddToken([3, 4], "signin:ann", StoreFixture.Noon.AddMinutes(5));
        Assert.Equal("setup", accounts.TakeToken([1, 2], StoreFixture.Noon));
        Assert.Null(accounts.TakeToken([1, 2], StoreFixture.Noon));
        Assert.Null(accounts.TakeToken([3, 4], StoreFixture.Noon.AddMinutes(5)));
        Assert.Null(accounts.TakeToken([3, 4], StoreFixture.Noon));
        Assert.Null(accounts.TakeToken([9], StoreFixture.Noon));
    }
}
