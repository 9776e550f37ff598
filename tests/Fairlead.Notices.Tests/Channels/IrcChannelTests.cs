using System.Text;

namespace Fairlead.Notices.Tests.Channels;

public sealed class IrcChannelTests : IrcTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_AMessage_IsSaidInTheChannel(bool isTls)
    {
        using var server = await StartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "maya");
        Use(server, isTls);
        await AddAsync("one\ntwo");

        Assert.Equal(1, await Bench.DeliverAsync());

        Assert.EndsWith("PRIVMSG #delivery :[shop] A title - http://localhost:7070/executions/7", await person.ReadUntilAsync("PRIVMSG"));
        Assert.EndsWith(":one", await person.ReadUntilAsync("PRIVMSG"));
        Assert.EndsWith(":two", await person.ReadUntilAsync("PRIVMSG"));
    }

    [Fact]
    public async Task Send_HostileText_IsSaidAndDoesNothing()
    {
        using var server = await StartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "maya");
        Use(server);
        await AddAsync("x\r\nJOIN #evil\r\nQUIT :bye\r\n\u0001ACTION dances\u0001\0\u0002bold", "evil\r\nQUIT :title");

        Assert.Equal(1, await Bench.DeliverAsync());
        await AddAsync("still here", key: "second");
        Assert.Equal(1, await Bench.DeliverAsync());

        Assert.Contains(":[shop] evil QUIT :title", await person.ReadUntilAsync("evil"));
        Assert.EndsWith("PRIVMSG #delivery :JOIN #evil", await person.ReadUntilAsync("JOIN"));
        Assert.EndsWith("PRIVMSG #delivery :QUIT :bye", await person.ReadUntilAsync("bye"));
        Assert.EndsWith("PRIVMSG #delivery :ACTION dances   bold", await person.ReadUntilAsync("dances"));
        await person.ReadUntilAsync("still here");
    }

    [Fact]
    public async Task Send_ALongLine_IsCutBetweenWordsAndNothingIsLost()
    {
        using var server = await StartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "maya");
        Use(server);
        var words = string.Join(' ', Enumerable.Range(0, 80).Select(i => $"größe{i:00}ß"));
        await AddAsync(words);

        Assert.Equal(1, await Bench.DeliverAsync());

        await person.ReadUntilAsync("A title");
        var said = "";
        while (!said.EndsWith("größe79ß", StringComparison.Ordinal))
        {
            var line = await person.ReadUntilAsync("PRIVMSG");
            Assert.InRange(Encoding.UTF8.GetByteCount(line) + 2, 1, 512);
            said += " " + line[(line.IndexOf(" :", StringComparison.Ordinal) + 2)..];
        }

        Assert.Equal(words, said.Trim());
    }

    [Fact]
    public async Task Send_ToALockedChannelWithItsKey_IsSaidThere_AndWithoutItSaysWhy()
    {
        using var server = await StartAsync();
        Bench.Secrets["env:KEY"] = "sesame";
        Use(server, change: irc => irc with { Channel = "#locked" });
        await AddAsync("x");
        Assert.Equal(0, await Bench.DeliverAsync());
        Assert.Contains("does not let 'fairlead' join '#locked'", Assert.Single(await Bench.ListAsync()).Error);

        Use(server, change: irc => irc with { Channel = "#locked", Key = "env:KEY" });
        await new NoticeDesk(Bench.Catalog.Notices, Bench.Clock).RetryAsync(1, Token);
        Assert.Equal(1, await Bench.DeliverAsync());
    }

    [Fact]
    public async Task Send_WhileTheNickIsInUse_IsSaidUnderAnother()
    {
        using var server = await StartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "fairlead");
        Use(server);
        await AddAsync("x");

        Assert.Equal(1, await Bench.DeliverAsync());

        Assert.StartsWith(":fairlead_!", await person.ReadUntilAsync("A title"));
    }

    [Fact]
    public async Task Send_AfterTheServerWasAway_ConnectsAgain()
    {
        using var server = await StartAsync();
        Use(server);
        await AddAsync("x");
        Assert.Equal(1, await Bench.DeliverAsync());
        server.Stop();
        await AddAsync("y", key: "second");
        Assert.Equal(0, await Bench.DeliverAsync());

        await server.RestartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "maya");
        await new NoticeDesk(Bench.Catalog.Notices, Bench.Clock).RetryAsync(2, Token);
        Assert.Equal(1, await Bench.DeliverAsync());

        await person.ReadUntilAsync(":y");
    }
}
