using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Notices.Tests.Channels;

public sealed class IrcChannelTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-irc-").FullName;
    private readonly (string CertificateFile, string KeyFile, X509ChainPolicy Trust) certificate;
    private readonly Bench bench;
    private IHostedService? listener;

    public IrcChannelTests()
    {
        certificate = ServerCertificate.Create(folder);
        bench = new Bench(TimeProvider.System, certificate.Trust);
        bench.Secrets["env:PASSWORD"] = "pässword";
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (listener is not null)
            await listener.StopAsync(CancellationToken.None);
        await bench.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_AMessage_IsSaidInTheChannel(bool isTls)
    {
        using var server = await StartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "maya");
        Use(server, isTls);
        await AddAsync("one\ntwo");

        Assert.Equal(1, await bench.DeliverAsync());

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

        Assert.Equal(1, await bench.DeliverAsync());
        await AddAsync("still here", key: "second");
        Assert.Equal(1, await bench.DeliverAsync());

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

        Assert.Equal(1, await bench.DeliverAsync());

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
        bench.Secrets["env:KEY"] = "sesame";
        Use(server, change: irc => irc with { Channel = "#locked" });
        await AddAsync("x");
        Assert.Equal(0, await bench.DeliverAsync());
        Assert.Contains("does not let 'fairlead' join '#locked'", Assert.Single(await bench.ListAsync()).Error);

        Use(server, change: irc => irc with { Channel = "#locked", Key = "env:KEY" });
        await new NoticeDesk(bench.Outbox, bench.Catalog.Notices, bench.Clock).RetryAsync(1, Token);
        Assert.Equal(1, await bench.DeliverAsync());
    }

    [Fact]
    public async Task Send_WhileTheNickIsInUse_IsSaidUnderAnother()
    {
        using var server = await StartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "fairlead");
        Use(server);
        await AddAsync("x");

        Assert.Equal(1, await bench.DeliverAsync());

        Assert.StartsWith(":fairlead_!", await person.ReadUntilAsync("A title"));
    }

    [Fact]
    public async Task Send_AfterTheServerWasAway_ConnectsAgain()
    {
        using var server = await StartAsync();
        Use(server);
        await AddAsync("x");
        Assert.Equal(1, await bench.DeliverAsync());
        server.Stop();
        await AddAsync("y", key: "second");
        Assert.Equal(0, await bench.DeliverAsync());

        await server.RestartAsync();
        using var person = await IrcPerson.JoinAsync(server.Port, "maya");
        await new NoticeDesk(bench.Outbox, bench.Catalog.Notices, bench.Clock).RetryAsync(2, Token);
        Assert.Equal(1, await bench.DeliverAsync());

        await person.ReadUntilAsync(":y");
    }

    [Fact]
    public async Task Robot_OnANetworkWithoutAccounts_ObeysWhoShowsACodeUntilThePersonLeaves()
    {
        using var server = await StartAsync();
        await AddUserAsync("maya", "judge", "operator@prod");
        await ListenAsync(server);
        using var maya = await IrcPerson.JoinAsync(server.Port, "maya_");
        await AwaitRobotAsync(maya);
        await maya.SayAsync("fairlead", "status");
        Assert.Contains("I do not know who you are", await maya.ReadUntilAsync("PRIVMSG maya_"));

        var code = bench.Links.CreateCode("maya");
        await SayUntilAsync(maya, $"link {code.Code}", "I take you for 'maya'");
        await maya.SayAsync("fairlead", "status");
        await maya.ReadUntilAsync("All is well, maya.");
        await maya.SayAsync("#delivery", "fairlead: approve 12 looks good");
        await maya.ReadUntilAsync("maya_: Done: maya irc approve 12  looks good");

        // Somebody who takes the name afterwards is somebody else.
        await maya.WriteAsync("NICK gone");
        await maya.ReadUntilAsync("NICK");
        using var thief = await IrcPerson.JoinAsync(server.Port, "maya_");
        await SayUntilAsync(thief, "rollback prod", "I do not know who you are");
        Assert.Equal(["maya irc approve 12  looks good"], bench.Actions.Done);
        Assert.Contains(await bench.Catalog.Audit.ListAsync(new AuditFilter { What = "chat.link" }, Token), entry => entry.Who == "maya" && entry.Via == "irc");
    }

    [Fact]
    public async Task Robot_ARollback_IsDoneOnceItIsConfirmed()
    {
        using var server = await StartAsync();
        await AddUserAsync("maya", "operator@prod");
        await ListenAsync(server);
        using var maya = await IrcPerson.JoinAsync(server.Port, "maya");
        await AwaitRobotAsync(maya);
        await SayUntilAsync(maya, $"link {bench.Links.CreateCode("maya").Code}", "I take you for");

        await maya.SayAsync("fairlead", "rollback prod late");
        var question = await maya.ReadUntilAsync("confirm");
        Assert.Empty(bench.Actions.Done);
        await maya.SayAsync("fairlead", question[question.IndexOf("confirm", StringComparison.Ordinal)..]);
        await maya.ReadUntilAsync("Done: maya irc rollback prod late");
    }

    [Fact]
    public async Task Robot_OnANetworkWithAccounts_ObeysTheLinkedAccountAlone()
    {
        await using var server = new ScriptedIrc();
        await AddUserAsync("maya", "judge");
        await bench.Catalog.Users.UpdateAsync("maya", user => user with { Links = ["irc:maya"] }, Token);
        bench.Project.Notify = new NotifyDefinition
        {
            Channels = [new IrcDefinition { Name = "chat", Host = "127.0.0.1", Port = server.Port, IsTls = false, Nick = "fairlead", Channel = "#delivery", User = "robot", Password = "env:PASSWORD", HasRobot = true }],
        };
        listener = bench.Service.CreateListener();
        await listener.StartAsync(Token);
        await server.JoinedAsync();
        Assert.Equal("robot\0robot\0pässword", Encoding.UTF8.GetString(Convert.FromBase64String(server.Proof)));

        await server.WriteAsync("@account=maya :m!u@h PRIVMSG fairlead :approve 3");
        Assert.Equal("PRIVMSG m :Done: maya irc approve 3", await server.ReadUntilAsync("PRIVMSG"));

        // Without the tag the server is asked; an account that is another's does not count.
        await server.WriteAsync(":m!u@h PRIVMSG fairlead :approve 4");
        await server.ReadUntilAsync("WHOIS m");
        await server.WriteAsync(":s 311 fairlead m u h * :x\r\n:s 330 fairlead m maya :is logged in as\r\n:s 318 fairlead m :End");
        Assert.Equal("PRIVMSG m :Done: maya irc approve 4", await server.ReadUntilAsync("PRIVMSG"));
        await server.WriteAsync(":m!u@h PRIVMSG fairlead :approve 5");
        await server.ReadUntilAsync("WHOIS m");
        await server.WriteAsync(":s 311 fairlead m other h * :x\r\n:s 330 fairlead m maya :is logged in as\r\n:s 318 fairlead m :End");
        Assert.StartsWith("PRIVMSG m :I do not know who you are", await server.ReadUntilAsync("PRIVMSG"));
        await server.WriteAsync("@account=mallory :m!u@h PRIVMSG #delivery :fairlead: approve 6\r\n@account=maya :m!u@h PRIVMSG #delivery :fairlead: approve 7");
        Assert.Equal("PRIVMSG #delivery :m: Done: maya irc approve 7", await server.ReadUntilAsync("PRIVMSG"));
        Assert.DoesNotContain(bench.Actions.Done, done => done.Contains('5') || done.Contains('6'));
    }

    private Task<IrcServer> StartAsync() => IrcServer.StartAsync(folder, certificate.CertificateFile, certificate.KeyFile);

    private void Use(IrcServer server, bool isTls = false, Func<IrcDefinition, IrcDefinition>? change = null)
    {
        var irc = new IrcDefinition { Name = "chat", Host = "localhost", Port = isTls ? server.TlsPort : server.Port, IsTls = isTls, Nick = "fairlead", Channel = "#delivery" };
        bench.Project.Notify = new NotifyDefinition { Channels = [change is null ? irc : change(irc)] };
    }

    private Task<int> AddAsync(string message, string title = "A title", string key = "k") => bench.Outbox.AddAsync(
        bench.Draft(key, NoticeEvents.ExecutionFailed) with { Title = title, Fields = new Dictionary<string, string> { [NoticeFields.Message] = message }, To = ["chat"] }, Token);

    private async Task ListenAsync(IrcServer server)
    {
        Use(server, change: irc => irc with { HasRobot = true });
        listener = bench.Service.CreateListener();
        await listener.StartAsync(Token);
    }

    private static async Task AwaitRobotAsync(IrcPerson person)
    {
        // It was there before, or comes now.
        string names;
        do
        {
            await person.WriteAsync("NAMES #delivery");
            names = await person.ReadUntilAsync(" 353 ");
        }
        while (!names.Contains("fairlead", StringComparison.Ordinal));
    }

    /// <summary>Strangers are not answered more often than every few seconds, which no test waits for by guess.</summary>
    private static async Task SayUntilAsync(IrcPerson person, string text, string answer)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var heard = person.ReadUntilAsync(answer);
        while (!heard.IsCompleted)
        {
            await person.SayAsync("fairlead", text);
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Token));
        }

        await heard;
    }

    private async Task AddUserAsync(string name, params string[] roles)
    {
        if (!await bench.Catalog.Users.AnyAsync(Token))
            await AddAsync(new User { Name = "root", Grants = [new RoleGrant(Role.Admin)], CreatedAt = default, CreatedBy = "test" }, true);
        await AddAsync(new User { Name = name, Grants = [.. roles.Select(RoleGrant.Parse)], CreatedAt = default, CreatedBy = "test" }, false);

        Task AddAsync(User user, bool isFirst) =>
            bench.Catalog.Users.AddAsync(user, new UserToken { Id = user.Name, User = user.Name, Hash = new byte[32], CreatedAt = default, CreatedBy = "test" }, isFirst, Token);
    }
}
