using System.Globalization;
using System.Text;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Notices.Robot;

namespace Fairlead.Notices.Tests.Robot;

public sealed class SlackCommandsTests : IAsyncDisposable
{
    private readonly Bench bench = new();
    private readonly Receiver receiver = new();

    public SlackCommandsTests()
    {
        bench.Secrets["env:SIGNING"] = "8f742231b10e8888abcd99yyyzzz85a5";
        bench.Project.Notify = new NotifyDefinition { Channels = [new SlackDefinition { Name = "team", Url = "env:URL", SigningSecret = "env:SIGNING" }, new SlackDefinition { Name = "quiet", Url = "env:URL" }] };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        receiver.Dispose();
    }

    [Fact]
    public void Sign_TheExampleOfTheDocumentation_IsItsSignature() => Assert.Equal(
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        SlackCommands.Sign(
            "8f742231b10e8888abcd99yyyzzz85a5",
            "1531420618",
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"u8));

    [Fact]
    public async Task Answer_ALinkedPerson_IsObeyed()
    {
        await LinkAsync("maya", "slack:T1/U2", "judge");

        Assert.Equal("All is well, maya.", await SayAsync("status"));
        Assert.Equal("Done: maya slack approve 7 prod go &amp; on", await SayAsync("approve 7/prod go & on"));
        Assert.Equal("deploys of all\nrollout 3 &lt;&amp;&gt;", await SayAsync("deploys"));
    }

    [Fact]
    public async Task Answer_AStranger_IsToldWhoTheyAreAndNothingElse()
    {
        await LinkAsync("maya", "slack:T1/U9", "judge");

        Assert.Equal("I do not know 'slack:T1/U2'. An admin can link it: fairlead user link USER slack:T1/U2", await SayAsync("approve 7"));
        Assert.Equal("You were told a moment ago.", await SayAsync("approve 7 "));
        Assert.Empty(bench.Actions.Done);
    }

    [Fact]
    public async Task Answer_SomebodyWhoWasRevoked_IsAStranger()
    {
        await LinkAsync("maya", "slack:T1/U2", "judge");
        await bench.Catalog.Users.UpdateAsync("maya", user => user with { RevokedAt = bench.Time.GetUtcNow() }, Token);

        Assert.StartsWith("I do not know", await SayAsync("status"));
    }

    [Fact]
    public async Task Answer_ACommandWithoutTheRight_IsRefused()
    {
        await LinkAsync("maya", "slack:T1/U2", "viewer");

        Assert.Equal("You may not.", await SayAsync("approve 7"));
    }

    [Fact]
    public async Task Answer_ARollback_NeedsTheCodeOnceAndInTime()
    {
        await LinkAsync("maya", "slack:T1/U2", "operator");
        var question = await SayAsync("rollback prod");
        Assert.StartsWith("maya, to rollback prod, say: confirm ", question);
        Assert.StartsWith("That confirms nothing", await SayAsync("confirm nope"));
        Assert.StartsWith("That confirms nothing", await SayAsync(question[^12..]));

        question = await SayAsync("rollback prod ");
        bench.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.StartsWith("That confirms nothing", await SayAsync(question[^12..] + " "));

        question = await SayAsync("rollback prod late");
        Assert.Equal("Done: maya slack rollback prod late", await SayAsync(question[^12..]));
        Assert.StartsWith("That confirms nothing", await SayAsync(question[^12..] + "  "));
        Assert.Single(bench.Actions.Done);
    }

    [Fact]
    public async Task Answer_AReject_NeedsAConfirmation()
    {
        await LinkAsync("maya", "slack:T1/U2", "judge");
        var question = await SayAsync("reject 7 too slow");
        Assert.Empty(bench.Actions.Done);

        Assert.Equal("Done: maya slack reject 7  too slow", await SayAsync(question[^12..]));
    }

    [Theory]
    [InlineData("aprove 7", "'aprove' is nothing that I can do; did you mean 'approve'?.")]
    [InlineData("approve", "Say which execution by its number: approve 12, or approve 12/STAGE.")]
    [InlineData("rollback", "Say which environment: rollback ENVIRONMENT [service].")]
    public async Task Answer_ACommandThatIsNone_SaysHowItIsMeant(string text, string answer)
    {
        await LinkAsync("maya", "slack:T1/U2", "judge");

        Assert.Equal(answer.Replace("?.", "?.", StringComparison.Ordinal).Replace("did you mean", "did you mean", StringComparison.Ordinal), (await SayAsync(text)).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_ThatTakesLonger_ComesAfterwards()
    {
        await LinkAsync("maya", "slack:T1/U2", "viewer");
        var gate = new TaskCompletionSource();
        bench.Actions.Gate = gate.Task;

        Assert.Equal("I am at it …", await SayAsync("status"));
        gate.SetResult();
        while (receiver.Received.IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);

        Assert.Equal(("ephemeral", "All is well, maya."), (receiver.Bodies[0].GetProperty("response_type").GetString(), receiver.Bodies[0].GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Answer_WhatIsNotSignedOrOldOrRepeated_IsRefused()
    {
        await LinkAsync("maya", "slack:T1/U2", "viewer");
        var body = Body("status");
        var timestamp = Timestamp(TimeSpan.Zero);
        var signature = SlackCommands.Sign(bench.Secrets["env:SIGNING"], timestamp, body);
        await bench.Commands.AnswerAsync("team", timestamp, signature, body, Token);

        await RefusedAsync(timestamp, signature, body);
        await RefusedAsync(timestamp, "v0=00", body);
        await RefusedAsync(timestamp, "", body);
        await RefusedAsync("nonsense", SlackCommands.Sign(bench.Secrets["env:SIGNING"], "nonsense", body), body);
        await RefusedAsync(timestamp, signature, Body("rollback prod"));
        foreach (var age in new[] { TimeSpan.FromMinutes(6), -TimeSpan.FromMinutes(6) })
            await RefusedAsync(Timestamp(age), SlackCommands.Sign(bench.Secrets["env:SIGNING"], Timestamp(age), body), body);
    }

    [Theory]
    [InlineData("quiet")]
    [InlineData("nobody")]
    public async Task Answer_AChannelThatTakesNoCommands_IsNotFound(string channel) =>
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => bench.Commands.AnswerAsync(channel, "1", "v0=", Body("status"), Token))).Kind);

    private async Task RefusedAsync(string timestamp, string signature, byte[] body) =>
        Assert.Equal(ProblemKind.Unauthenticated, (await Assert.ThrowsAsync<FairleadException>(() => bench.Commands.AnswerAsync("team", timestamp, signature, body, Token))).Kind);

    private async Task<string> SayAsync(string text)
    {
        var body = Body(text);
        var timestamp = Timestamp(TimeSpan.Zero);
        var answer = await bench.Commands.AnswerAsync("team", timestamp, SlackCommands.Sign(bench.Secrets["env:SIGNING"], timestamp, body), body, Token);
        Assert.Equal("ephemeral", answer["response_type"]!.GetValue<string>());
        return answer["text"]!.GetValue<string>();
    }

    private string Timestamp(TimeSpan age) => (bench.Time.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private byte[] Body(string text) => Encoding.UTF8.GetBytes($"team_id=T1&user_id=U2&command=%2Ffairlead&text={Uri.EscapeDataString(text)}&response_url={Uri.EscapeDataString(receiver.Url)}");

    private async Task LinkAsync(string name, string identity, params string[] roles)
    {
        await bench.Catalog.Users.AddAsync(Of("root", [new RoleGrant(Role.Admin)], []), TokenOf("root"), true, Token);
        await bench.Catalog.Users.AddAsync(Of(name, [.. roles.Select(RoleGrant.Parse)], [identity]), TokenOf(name), false, Token);

        static User Of(string name, IReadOnlyList<RoleGrant> grants, IReadOnlyList<string> links) => new() { Name = name, Grants = grants, Links = links, CreatedAt = default, CreatedBy = "test" };
        static UserToken TokenOf(string name) => new() { Id = name, User = name, Hash = new byte[32], CreatedAt = default, CreatedBy = "test" };
    }
}
