using System.Net;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Tokens;
using Fairlead.Identity.Users;

namespace Fairlead.Identity.Tests.Tokens;

public sealed class TokenCheckTests : IAsyncLifetime
{
    private readonly TestDesk desk = new();
    private IssuedToken ann = null!;

    public async ValueTask InitializeAsync() => ann = await desk.AddAsync("ann", "admin");

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task Prove_ValidToken_GivesTheUserAsItIsNow()
    {
        var principal = (await desk.ProveAsync(ann.Token)).Principal!;
        Assert.Equal(("ann", PrincipalKind.User, ann.Id), (principal.Name, principal.Kind, principal.TokenId));
        Assert.True(principal.Has(Role.Admin, null));
        await desk.AddAsync("ben", "admin");
        await desk.Users.ChangeAsync("ann", new UserChange { Roles = ["viewer"] }, CancellationToken.None);
        Assert.False((await desk.ProveAsync(ann.Token)).Principal!.Has(Role.Developer, null));
    }

    [Fact]
    public async Task Prove_WhatIsNoValidToken_IsRefusedWithoutRepeatingIt()
    {
        var ben = await desk.Users.AddAsync(new UserOrder { Name = "ben", ExpiresInDays = 1 }, CancellationToken.None);
        var cleo = await desk.AddAsync("cleo");
        await desk.Users.RevokeAsync("cleo", new RevokeOrder(cleo.Id), CancellationToken.None);
        desk.Time.Advance(TimeSpan.FromDays(1));
        var cases = new Dictionary<string, string>
        {
            ["garbage"] = "not copied whole",
            [new string('a', 50)] = "not copied whole",
            [ann.Token[..^1]] = "not copied whole",
            [SecretToken.Create().Text] = "not known here",
            [ben.Token] = "expired",
            [cleo.Token] = "revoked",
        };
        foreach (var (token, reason) in cases)
        {
            var proof = await desk.ProveAsync(token);
            Assert.Null(proof.Principal);
            Assert.Contains(reason, proof.Reason);
            Assert.DoesNotContain(token, proof.Reason);
        }
    }

    [Fact]
    public async Task Prove_SecretOfAnotherToken_IsNotTaken()
    {
        // The id of ann's, the secret of a stranger's, with the checksum that a forger can compute as well.
        for (var i = 0; i < 50; i++)
        {
            var body = string.Concat("flt_", ann.Id, SecretToken.Create().Text.AsSpan(12, 32));
            var forged = body + Checksum(body);
            Assert.True(SecretToken.TryParse(forged, out _));
            var proof = await desk.Check.ProveAsync(forged, new IPAddress(i + 1L), CancellationToken.None);
            Assert.Null(proof.Principal);
            Assert.Contains("not known here", proof.Reason);
        }
    }

    /// <summary>As anybody can make it.</summary>
    private static string Checksum(string body) =>
        string.Concat(SHA256.HashData(Encoding.ASCII.GetBytes(body)).Take(6).Select(value => "abcdefghijklmnopqrstuvwxyz234567"[value & 31]));

    [Fact]
    public async Task Revoke_UserOrToken_HoldsFromTheNextRequestOn()
    {
        var ben = await desk.AddAsync("ben", "viewer");
        var further = await desk.Users.IssueAsync("BEN", new TokenOrder(null), CancellationToken.None);
        Assert.NotNull((await desk.ProveAsync(ben.Token)).Principal);
        await desk.Users.RevokeAsync("ben", new RevokeOrder(ben.Id), CancellationToken.None);
        Assert.Null((await desk.ProveAsync(ben.Token)).Principal);
        Assert.Null(await desk.Check.FindAsync(ben.Id, CancellationToken.None));
        Assert.NotNull(await desk.Check.FindAsync(further.Id, CancellationToken.None));
        await desk.Users.RevokeAsync("ben", new RevokeOrder(null), CancellationToken.None);
        Assert.Null(await desk.Check.FindAsync(further.Id, CancellationToken.None));
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => desk.Users.IssueAsync("ben", new TokenOrder(null), CancellationToken.None))).Kind);
    }

    [Fact]
    public async Task Prove_AfterManyWrongOnes_TakesOnlyTokensThatWereRightBefore()
    {
        var ben = await desk.AddAsync("ben", "viewer");
        Assert.NotNull((await desk.ProveAsync(ann.Token)).Principal);
        for (var i = 0; i < FailedAttempts.Allowed; i++)
            Assert.Null((await desk.ProveAsync(SecretToken.Create().Text)).Wait);
        Assert.NotNull((await desk.ProveAsync("anything")).Wait);
        Assert.NotNull((await desk.ProveAsync(ben.Token)).Wait);
        Assert.NotNull((await desk.ProveAsync(ann.Token)).Principal);
        Assert.NotNull((await desk.Check.ProveAsync(ben.Token, IPAddress.Loopback, CancellationToken.None)).Principal);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull((await desk.ProveAsync(ben.Token)).Principal);
        var entry = Assert.Single(await desk.Audit.ListAsync(new AuditFilter { What = "sign-in.blocked" }, CancellationToken.None));
        Assert.Equal((TestDesk.Somewhere.ToString(), AuditPhase.Refused), (entry.Target, entry.Phase));
    }

    [Fact]
    public async Task Prove_Often_NotesTheUseOnceAMinute()
    {
        for (var i = 0; i < 3; i++)
        {
            await desk.ProveAsync(ann.Token);
            desk.Time.Advance(TimeSpan.FromSeconds(25));
        }

        var token = Assert.Single(await desk.Catalog.Users.ListTokensAsync("ann", CancellationToken.None));
        Assert.Equal(desk.Time.GetUtcNow() - TimeSpan.FromSeconds(75), token.LastUsedAt);
    }

    [Fact]
    public async Task Files_OfTheCatalog_HoldNoToken()
    {
        await desk.ProveAsync(ann.Token);
        await desk.Catalog.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(desk.CatalogFile)!, "*", SearchOption.AllDirectories))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(ann.Token[12..44], text);
        }
    }
}
