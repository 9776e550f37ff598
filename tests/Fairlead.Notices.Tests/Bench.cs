using System.Security.Cryptography.X509Certificates;
using Fairlead.Catalog;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Users;
using Fairlead.Notices.Channels;
using Fairlead.Notices.Following;
using Fairlead.Notices.Outbox;
using Fairlead.Notices.Robot;
using Fairlead.Notices.Tests.Robot;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Notices.Tests;

/// <summary>The whole room over a real catalog, in a folder of its own.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Bench(TimeProvider? time = null, X509ChainPolicy? trust = null)
    {
        Folder = Directory.CreateTempSubdirectory("fairlead-notices-").FullName;
        Clock = time ?? Time;
        Catalog = SqliteCatalog.Open(Path.Combine(Folder, "catalog.db"), Clock);
        Outbox = new NoticeOutbox(Project, Catalog.Notices, Options);
        Follower = new NoticeFollower(Outbox, Catalog.Notices, Catalog.Executions, Catalog.Records, Catalog.Audit, Clock, NullLogger<NoticeFollower>.Instance);
        Links = new ChatLinks(Catalog.Users, new PrincipalReader(Catalog.Users, Catalog.Records), Clock);
        ChatRobot = new ChatRobot(Links, Actions, Catalog.Audit, Clock);
        Reader = new SecretReader(Resolve);
        Commands = new SlackCommands(Project, Reader, ChatRobot, http, Clock, NullLogger<SlackCommands>.Instance);
        Service = new NoticeService(Project, Catalog.Notices, http, Reader, ChatRobot, Options, Clock, new Random(1), NullLoggerFactory.Instance, trust);
    }

    public string Folder { get; }

    public MovingTime Time { get; } = new();

    public TimeProvider Clock { get; }

    public OneProject Project { get; } = new();

    public NoticeOptions Options { get; } = new(new Uri("http://localhost:7070")) { SendLimit = TimeSpan.FromSeconds(10) };

    public SqliteCatalog Catalog { get; }

    public NoticeOutbox Outbox { get; }

    public NoticeFollower Follower { get; }

    public ChatLinks Links { get; }

    public KnownActions Actions { get; } = new();

    public ChatRobot ChatRobot { get; }

    public SlackCommands Commands { get; }

    public SecretReader Reader { get; }

    public NoticeService Service { get; }

    public Dictionary<string, string> Secrets { get; } = [];

    public Task<int> DeliverAsync() => Service.Courier.RunOnceAsync(TestContext.Current.CancellationToken);

    public Task<int> AddAsync(string key, string word = NoticeEvents.StageMessage, params string[] to) => Outbox.AddAsync(Draft(key, word) with { To = to }, TestContext.Current.CancellationToken);

    public NoticeDraft Draft(string key, string word = NoticeEvents.StageMessage) => new()
    {
        Key = key,
        Event = word,
        Subject = "execution/7",
        At = Clock.GetUtcNow(),
        Title = $"Title {key}",
        Fields = new Dictionary<string, string> { [NoticeFields.Message] = $"Message {key}", [NoticeFields.Pipeline] = "prod" },
        Pipeline = "prod",
        Path = "/executions/7",
    };

    public Task<IReadOnlyList<NoticeRecord>> ListAsync(string? channel = null) =>
        Catalog.Notices.ListAsync(new NoticeFilter { Channel = channel, Limit = 1000 }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(Folder))
            return;
        await Service.DisposeAsync();
        http.Dispose();
        await Catalog.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string Resolve(SecretReference reference) =>
        Secrets.TryGetValue(reference.ToString(), out var value) ? value : throw FairleadException.Invalid($"The secret '{reference}' is not set.");
}
