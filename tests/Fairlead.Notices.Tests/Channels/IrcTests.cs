using System.Security.Cryptography.X509Certificates;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Notices.Tests.Channels;

/// <summary>What tests of IRC have in common: a folder, a certificate, and the room.</summary>
public abstract class IrcTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-irc-").FullName;
    private readonly (string CertificateFile, string KeyFile, X509ChainPolicy Trust) certificate;
    private protected Bench Bench { get; }
    private protected IHostedService? Listener { get; set; }

    protected IrcTests()
    {
        certificate = ServerCertificate.Create(folder);
        Bench = new Bench(TimeProvider.System, certificate.Trust);
        Bench.Secrets["env:PASSWORD"] = "pässword";
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (Listener is not null)
            await Listener.StopAsync(CancellationToken.None);
        await Bench.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private protected Task<IrcServer> StartAsync() => IrcServer.StartAsync(folder, certificate.CertificateFile, certificate.KeyFile);

    private protected void Use(IrcServer server, bool isTls = false, Func<IrcDefinition, IrcDefinition>? change = null)
    {
        var irc = new IrcDefinition { Name = "chat", Host = "localhost", Port = isTls ? server.TlsPort : server.Port, IsTls = isTls, Nick = "fairlead", Channel = "#delivery" };
        Bench.Project.Notify = new NotifyDefinition { Channels = [change is null ? irc : change(irc)] };
    }

    private protected Task<int> AddAsync(string message, string title = "A title", string key = "k") => Bench.Outbox.AddAsync(
        Bench.Draft(key, NoticeEvents.ExecutionFailed) with { Title = title, Fields = new Dictionary<string, string> { [NoticeFields.Message] = message }, To = ["chat"] }, Token);

    private protected async Task ListenAsync(IrcServer server)
    {
        Use(server, change: irc => irc with { HasRobot = true });
        Listener = Bench.Service.CreateListener();
        await Listener.StartAsync(Token);
    }

    private protected static async Task AwaitRobotAsync(IrcPerson person)
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
    private protected static async Task SayUntilAsync(IrcPerson person, string text, string answer)
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

    private protected async Task AddUserAsync(string name, params string[] roles)
    {
        if (!await Bench.Catalog.Users.AnyAsync(Token))
            await AddAsync(new User { Name = "root", Grants = [new RoleGrant(Role.Admin)], CreatedAt = default, CreatedBy = "test" }, true);
        await AddAsync(new User { Name = name, Grants = [.. roles.Select(RoleGrant.Parse)], CreatedAt = default, CreatedBy = "test" }, false);

        Task AddAsync(User user, bool isFirst) =>
            Bench.Catalog.Users.AddAsync(user, new UserToken { Id = user.Name, User = user.Name, Hash = new byte[32], CreatedAt = default, CreatedBy = "test" }, isFirst, Token);
    }
}
