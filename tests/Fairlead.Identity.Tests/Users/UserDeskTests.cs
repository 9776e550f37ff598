using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Users;

namespace Fairlead.Identity.Tests.Users;

public sealed class UserDeskTests : IAsyncDisposable
{
    private readonly TestDesk desk = new();

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task Add_FirstUser_MustBeAnAdminOfTheProject()
    {
        Assert.False(await desk.Users.HasUsersAsync(CancellationToken.None));
        foreach (var roles in new string[][] { [], ["operator", "judge"], ["admin@prod"] })
            Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => desk.AddAsync("ann", roles))).Kind);
        Assert.False(await desk.Users.HasUsersAsync(CancellationToken.None));
        await desk.AddAsync("ann", "admin");
        Assert.True(await desk.Users.HasUsersAsync(CancellationToken.None));
        await desk.AddAsync("ben");
    }

    [Fact]
    public async Task Add_FirstUserByManyAtOnce_AddsOne()
    {
        var adding = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            try
            {
                await new UserDesk(desk.Catalog.Users, desk.Time).AddAsync(new UserOrder { Name = $"user{i}", Roles = ["admin"] }, CancellationToken.None);
                return 1;
            }
            catch (FairleadException e) when (e.Kind == ProblemKind.Conflict)
            {
                return 0;
            }
        }));
        // Whoever saw no user yet may only be the first.
        var added = (await Task.WhenAll(adding)).Sum();
        Assert.Equal(added, (await desk.Users.ListAsync(CancellationToken.None)).Count);
        Assert.InRange(added, 1, 16);
        await Assert.ThrowsAsync<FairleadException>(() => desk.Catalog.Users.AddAsync(
            new User { Name = "late", Grants = [new RoleGrant(Role.Admin)], CreatedAt = desk.Time.GetUtcNow(), CreatedBy = "x" },
            new UserToken { Id = "late", User = "late", Hash = new byte[32], CreatedAt = desk.Time.GetUtcNow(), CreatedBy = "x" },
            mustBeFirst: true,
            CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("ann\n2026-01-01 admin granted")]
    [InlineData("../ann")]
    [InlineData("ann\u202Enimda")]
    [InlineData("аnn")]
    [InlineData("fairlead")]
    [InlineData("Anonymous")]
    public async Task Add_NameThatCouldPassForSomethingElse_IsRefused(string name)
    {
        var problem = await Assert.ThrowsAsync<FairleadException>(() => desk.AddAsync(name, "admin"));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.DoesNotContain('\n', problem.Message);
        Assert.DoesNotContain('\u202E', problem.Message);
    }

    [Fact]
    public async Task Add_NameThatIsTaken_IsRefusedInWhateverCaseAndEvenWhenRevoked()
    {
        await desk.AddAsync("ann", "admin");
        await desk.AddAsync("ben");
        await desk.Users.RevokeAsync("ben", new RevokeOrder(null), CancellationToken.None);
        foreach (var name in new[] { "ann", "ANN", "Ben" })
            Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => desk.AddAsync(name, "admin"))).Kind);
    }

    [Theory]
    [InlineData("king", "did you mean")]
    [InlineData("vewer", "did you mean 'viewer'?")]
    [InlineData("operator@", "is not a role")]
    [InlineData("operator@../prod", "is not a role")]
    [InlineData("Admin", "did you mean 'admin'?")]
    public async Task Add_RoleThatThereIsNot_IsRefused(string role, string message)
    {
        await desk.AddAsync("ann", "admin");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => desk.AddAsync("ben", role));
        Assert.Contains(role == "king" ? "is not a role" : message, problem.Message);
    }

    [Fact]
    public async Task Emails_OfAUser_AreOnesOwnAndKeptUntilTheyAreReplaced()
    {
        await desk.AddAsync("ann", "admin");
        await desk.Users.AddAsync(new UserOrder { Name = "ben", Emails = ["ben@example.com", "Ben@Example.com", "b.en+git@home.example"] }, CancellationToken.None);
        Assert.Equal(["ben@example.com", "b.en+git@home.example"], (await desk.Catalog.Users.FindAsync("ben", CancellationToken.None))!.Emails);
        await desk.Users.ChangeAsync("ben", new UserChange { AddRoles = ["judge"] }, CancellationToken.None);
        Assert.Equal(2, (await new PrincipalReader(desk.Catalog.Users, desk.Catalog.Records).FindAsync("ben", CancellationToken.None))!.Emails.Count);
        var taken = await Assert.ThrowsAsync<FairleadException>(() => desk.Users.ChangeAsync("ann", new UserChange { Emails = ["BEN@example.com"] }, CancellationToken.None));
        Assert.Equal((ProblemKind.Conflict, true), (taken.Kind, taken.Message.Contains("is the address of 'ben' already", StringComparison.Ordinal)));
        await desk.Users.ChangeAsync("ben", new UserChange { Emails = [] }, CancellationToken.None);
        Assert.Equal(["BEN@example.com"], (await desk.Users.ChangeAsync("ann", new UserChange { Emails = ["BEN@example.com"] }, CancellationToken.None)).Emails);
    }

    [Theory]
    [InlineData("ben")]
    [InlineData("@example.com")]
    [InlineData("ben@")]
    [InlineData("a@b@c")]
    [InlineData("Ben <ben@example.com>")]
    [InlineData("ben@example.com\nann@example.com")]
    [InlineData("ben @example.com")]
    public async Task Emails_ThatAreNone_AreRefused(string email)
    {
        var problem = await Assert.ThrowsAsync<FairleadException>(() => desk.Users.AddAsync(new UserOrder { Name = "ann", Roles = ["admin"], Emails = [email] }, CancellationToken.None));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public async Task ChangeAndRevoke_TheLastAdmin_AreRefused()
    {
        await desk.AddAsync("ann", "admin");
        await desk.AddAsync("ben", "admin@prod", "operator");
        Func<Task>[] attempts =
        [
            () => desk.Users.RevokeAsync("ann", new RevokeOrder(null), CancellationToken.None),
            () => desk.Users.ChangeAsync("ann", new UserChange { Roles = ["admin@prod"] }, CancellationToken.None),
            () => desk.Users.ChangeAsync("ann", new UserChange { RemoveRoles = ["admin"] }, CancellationToken.None),
        ];
        foreach (var attempt in attempts)
            Assert.Contains("last admin", (await Assert.ThrowsAsync<FairleadException>(attempt)).Message);
        var ann = (await desk.Users.ListAsync(CancellationToken.None)).Single(report => report.User.Name == "ann").User;
        Assert.True(ann.IsAdmin);
        await desk.Users.ChangeAsync("ben", new UserChange { AddRoles = ["admin"] }, CancellationToken.None);
        await desk.Users.RevokeAsync("ann", new RevokeOrder(null), CancellationToken.None);
    }

    [Fact]
    public async Task Change_RolesAndGroups_KeepsWhatIsNotSaid()
    {
        await desk.AddAsync("ann", "admin");
        await desk.Users.AddAsync(new UserOrder { Name = "ben", Roles = ["viewer", "judge@prod"], Groups = ["risk"] }, CancellationToken.None);
        var user = await desk.Users.ChangeAsync("ben", new UserChange { AddRoles = ["operator@stage", "viewer"], RemoveRoles = ["judge@prod"] }, CancellationToken.None);
        Assert.Equal("viewer operator@stage", string.Join(' ', user.Grants));
        Assert.Equal(["risk"], user.Groups);
        user = await desk.Users.ChangeAsync("ben", new UserChange { Groups = ["ops", "ops"] }, CancellationToken.None);
        Assert.Equal("viewer operator@stage", string.Join(' ', user.Grants));
        Assert.Equal(["ops"], user.Groups);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4000)]
    public async Task Issue_TimeThatIsNone_IsRefused(int days)
    {
        await desk.AddAsync("ann", "admin");
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => desk.Users.IssueAsync("ann", new TokenOrder(days), CancellationToken.None))).Kind);
    }

    [Fact]
    public async Task EveryChange_IsEnteredUnderWhoMadeIt()
    {
        await desk.AddAsync("ann", "admin");
        Acting.Begin(new ActingScope(new Principal { Name = "ann", Kind = PrincipalKind.User }, "cli") { Cause = 1 });
        await desk.AddAsync("ben", "viewer");
        await desk.Users.ChangeAsync("ben", new UserChange { Roles = ["operator@prod"] }, CancellationToken.None);
        await desk.Users.IssueAsync("ben", new TokenOrder(3), CancellationToken.None);
        await desk.Users.RevokeAsync("ben", new RevokeOrder(null), CancellationToken.None);
        Acting.Begin(null);
        var entries = await desk.Audit.ListAsync(new AuditFilter { Who = "ann" }, CancellationToken.None);
        Assert.Equal(["token.revoked", "user.revoked", "token.added", "user.changed", "user.added"], entries.Select(entry => entry.What));
        Assert.All(entries, entry => Assert.Equal(("cli", "ben", 1L), (entry.Via, entry.Target, entry.Cause)));
        Assert.Contains("operator@prod", entries[3].Detail);
        Assert.True((await desk.VerifyAsync()).IsWhole);
    }

    [Theory]
    [InlineData("viewer", "viewer", true)]
    [InlineData("developer", "viewer", true)]
    [InlineData("developer", "operator", false)]
    [InlineData("operator", "developer", true)]
    [InlineData("operator", "judge", false)]
    [InlineData("judge", "viewer", true)]
    [InlineData("judge", "developer", false)]
    [InlineData("admin", "judge", true)]
    [InlineData("operator", "admin", false)]
    public void Role_Held_IncludesWhatItShould(string held, string needed, bool includes)
    {
        var principal = new Principal { Name = "x", Kind = PrincipalKind.User, Grants = [RoleGrant.Parse($"{held}@prod")] };
        var role = RoleGrant.Parse(needed).Role;
        Assert.Equal(includes, principal.Has(role, "prod"));
        Assert.False(principal.Has(role, "stage"));
        Assert.False(principal.Has(role, null));
        Assert.Equal(includes, principal.HasSomewhere(role));
        Assert.Equal(includes, new Principal { Name = "x", Kind = PrincipalKind.User, Grants = [RoleGrant.Parse(held)] }.Has(role, "prod"));
    }
}
