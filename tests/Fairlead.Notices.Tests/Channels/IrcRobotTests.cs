using System.Text;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices.Tests.Channels;

public sealed class IrcRobotTests : IrcTests
{
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

        var code = Bench.Links.CreateCode("maya");
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
        Assert.Equal(["maya irc approve 12  looks good"], Bench.Actions.Done);
        Assert.Contains(await Bench.Catalog.Audit.ListAsync(new AuditFilter { What = "chat.link" }, Token), entry => entry.Who == "maya" && entry.Via == "irc");
    }

    [Fact]
    public async Task Robot_ARollback_IsDoneOnceItIsConfirmed()
    {
        using var server = await StartAsync();
        await AddUserAsync("maya", "operator@prod");
        await ListenAsync(server);
        using var maya = await IrcPerson.JoinAsync(server.Port, "maya");
        await AwaitRobotAsync(maya);
        await SayUntilAsync(maya, $"link {Bench.Links.CreateCode("maya").Code}", "I take you for");

        await maya.SayAsync("fairlead", "rollback prod late");
        var question = await maya.ReadUntilAsync("confirm");
        Assert.Empty(Bench.Actions.Done);
        await maya.SayAsync("fairlead", question[question.IndexOf("confirm", StringComparison.Ordinal)..]);
        await maya.ReadUntilAsync("Done: maya irc rollback prod late");
    }

    [Fact]
    public async Task Robot_OnANetworkWithAccounts_ObeysTheLinkedAccountAlone()
    {
        await using var server = new ScriptedIrc();
        await AddUserAsync("maya", "judge");
        await Bench.Catalog.Users.UpdateAsync("maya", user => user with { Links = ["irc:maya"] }, Token);
        Bench.Project.Notify = new NotifyDefinition
        {
            Channels = [new IrcDefinition { Name = "chat", Host = "127.0.0.1", Port = server.Port, IsTls = false, Nick = "fairlead", Channel = "#delivery", User = "robot", Password = "env:PASSWORD", HasRobot = true }],
        };
        Listener = Bench.Service.CreateListener();
        await Listener.StartAsync(Token);
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
        Assert.DoesNotContain(Bench.Actions.Done, done => done.Contains('5') || done.Contains('6'));
    }
}
