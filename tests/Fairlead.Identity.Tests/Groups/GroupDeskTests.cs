using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Groups;
using Fairlead.Identity.Users;

namespace Fairlead.Identity.Tests.Groups;

public sealed class GroupDeskTests : IAsyncLifetime
{
    private readonly TestDesk desk = new();
    private GroupDesk groups = null!;

    public async ValueTask InitializeAsync()
    {
        groups = new GroupDesk(desk.Catalog.Records, desk.Catalog.Users, desk.Catalog.Audit, desk.Time);
        await desk.AddAsync("ann", "admin");
    }

    public async ValueTask DisposeAsync()
    {
        groups.Dispose();
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task Role_OfAGroup_HoldsForItsMembersFromTheNextRequestOn_AndNoLonger()
    {
        var token = (await desk.Users.AddAsync(new UserOrder { Name = "ben", Groups = ["risk"] }, CancellationToken.None)).Token;
        Assert.False(await MayJudgeAsync(token));
        await groups.ChangeAsync("risk", new GroupChange { AddRoles = ["judge@prod"] }, CancellationToken.None);
        Assert.True(await MayJudgeAsync(token));
        await groups.ChangeAsync("risk", new GroupChange { RemoveRoles = ["judge@prod"] }, CancellationToken.None);
        Assert.False(await MayJudgeAsync(token));
        await groups.ChangeAsync("risk", new GroupChange { Roles = ["judge"] }, CancellationToken.None);
        await desk.Users.ChangeAsync("ben", new UserChange { Groups = [] }, CancellationToken.None);
        Assert.False(await MayJudgeAsync(token));
    }

    [Fact]
    public async Task List_HasGroupsWithRolesOrMembers_AndChangesAreInTheAuditLog()
    {
        await desk.Users.AddAsync(new UserOrder { Name = "ben", Groups = ["risk", "ops"] }, CancellationToken.None);
        await groups.ChangeAsync("risk", new GroupChange { Roles = ["judge@prod", "viewer"] }, CancellationToken.None);
        await groups.ChangeAsync("empty", new GroupChange { Roles = [] }, CancellationToken.None);
        var all = await groups.ListAsync(CancellationToken.None);
        Assert.Equal(["ops: | ben", "risk: judge@prod viewer | ben"], all.Select(group => $"{group.Name}: {string.Join(' ', group.Grants)}| {string.Join(' ', group.Members)}".Replace("r|", "r |", StringComparison.Ordinal)));
        var entry = (await desk.Catalog.Audit.ListAsync(new AuditFilter { What = "group.changed" }, CancellationToken.None))[^1];
        Assert.Equal(("risk", "roles judge@prod viewer"), (entry.Target, entry.Detail));
    }

    [Theory]
    [InlineData("not a name", "judge")]
    [InlineData("risk", "boss")]
    public async Task Change_ThatCannotBe_IsRefused(string name, string role)
    {
        var refused = await Assert.ThrowsAsync<FairleadException>(() => groups.ChangeAsync(name, new GroupChange { AddRoles = [role] }, CancellationToken.None));
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
    }

    private async Task<bool> MayJudgeAsync(string token) => (await desk.ProveAsync(token)).Principal!.Has(Role.Judge, "prod");
}
