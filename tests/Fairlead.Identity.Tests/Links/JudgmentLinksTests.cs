using System.Security.Cryptography;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Links;
using Fairlead.Identity.Users;

namespace Fairlead.Identity.Tests.Links;

public sealed class JudgmentLinksTests : IAsyncDisposable
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);
    private readonly TestDesk desk = new();
    private readonly JudgmentLinks links;

    public JudgmentLinksTests() => links = new JudgmentLinks(new Uri("https://fairlead.example.com"), Secret, desk.Time);

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Theory]
    [InlineData("judge", "ann")]
    [InlineData("stage_with-a.name", "ann@example.com")]
    [InlineData("bühne", "a")]
    public void Link_ThatWasMade_SaysWhatItAllows(string stage, string user)
    {
        var made = Link(stage, user);
        var link = links.LinkFor(made);
        Assert.StartsWith("https://fairlead.example.com/judge?link=", link.ToString());
        Assert.Equal(made, links.Read(TextOf(link)));
    }

    [Fact]
    public void Link_AlteredAnywhere_IsRefused()
    {
        var text = TextOf(links.LinkFor(Link("judge", "ann")));
        for (var place = 0; place < text.Length; place++)
        {
            var altered = text[..place] + (text[place] == 'A' ? 'B' : 'A') + text[(place + 1)..];
            // The last character of base64 may have bits that stand for nothing.
            if (place < text.Length - 1)
                Assert.Equal(ProblemKind.Unauthenticated, Assert.Throws<FairleadException>(() => links.Read(altered)).Kind);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64 at all!")]
    [InlineData("%00%ff")]
    public void Link_OfAnotherForm_IsRefused(string? text) => Assert.Equal(ProblemKind.Unauthenticated, Assert.Throws<FairleadException>(() => links.Read(text)).Kind);

    [Fact]
    public void Link_RandomBytes_AreRefused()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            Assert.Throws<FairleadException>(() => links.Read(System.Buffers.Text.Base64Url.EncodeToString(bytes)));
        }
    }

    [Fact]
    public void Link_OfAnotherSecret_IsRefused()
    {
        var other = new JudgmentLinks(new Uri("https://fairlead.example.com"), RandomNumberGenerator.GetBytes(32), desk.Time);
        Assert.Throws<FairleadException>(() => links.Read(TextOf(other.LinkFor(Link("judge", "ann")))));
    }

    [Fact]
    public void Link_AfterItsTime_IsRefused()
    {
        var text = TextOf(links.LinkFor(Link("judge", "ann")));
        desk.Time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("could be used until", Assert.Throws<FairleadException>(() => links.Read(text)).Message);
    }

    [Fact]
    public void Id_OfLinks_IsTheSameForOnePersonAndAttempt()
    {
        var first = Link("judge", "ann");
        Assert.Equal(links.IdOf(first), links.IdOf(first with { ExpiresAt = first.ExpiresAt.AddHours(5), User = "ANN" }));
        Assert.NotEqual(links.IdOf(first), links.IdOf(first with { Attempt = 2 }));
        Assert.NotEqual(links.IdOf(first), links.IdOf(first with { User = "ben" }));
        Assert.NotEqual(links.IdOf(first), links.IdOf(first with { Execution = 8 }));
        Assert.NotEqual(links.IdOf(first), links.IdOf(first with { Stage = "other" }));
    }

    [Fact]
    public async Task Visitor_IsThePersonWithTheRolesOfNow_UntilRevoked()
    {
        var check = new LinkCheck(links, desk.Users, new PrincipalReader(desk.Catalog.Users, desk.Catalog.Records));
        var text = TextOf(await check.MakeAsync(Link("judge", "ann"), CancellationToken.None));
        // Without users everybody is who they say.
        Assert.Equal(PrincipalKind.Open, (await check.ReadAsync(text, CancellationToken.None)).Principal.Kind);
        await desk.AddAsync("root", "admin");
        Assert.Contains("was revoked", (await Assert.ThrowsAsync<FairleadException>(() => check.ReadAsync(text, CancellationToken.None))).Message);
        await desk.AddAsync("ann", "judge@prod");
        var visitor = await check.ReadAsync(text, CancellationToken.None);
        Assert.True(visitor.Principal.Has(Role.Judge, "prod"));
        Assert.False(visitor.Principal.Has(Role.Judge, "stage"));
        await desk.Users.ChangeAsync("ann", new UserChange { Roles = [] }, CancellationToken.None);
        Assert.False((await check.ReadAsync(text, CancellationToken.None)).Principal.Has(Role.Judge, "prod"));
        await desk.Users.RevokeAsync("ann", new RevokeOrder(null), CancellationToken.None);
        Assert.Equal(ProblemKind.Unauthenticated, (await Assert.ThrowsAsync<FairleadException>(() => check.ReadAsync(text, CancellationToken.None))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => check.MakeAsync(Link("judge", "nobody"), CancellationToken.None))).Kind);
    }

    private static string TextOf(Uri link) => link.Query["?link=".Length..];

    private JudgmentLink Link(string stage, string user) => new(7, stage, 1, user, DateTimeOffset.FromUnixTimeSeconds((desk.Time.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds()));
}
