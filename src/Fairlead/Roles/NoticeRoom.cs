using Fairlead.Catalog;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Identity.Users;
using Fairlead.Notices;
using Fairlead.Notices.Channels;
using Fairlead.Notices.Following;
using Fairlead.Notices.Outbox;
using Fairlead.Notices.Robot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Tells people what happens.</summary>
internal sealed class NoticeRoom : IAsyncDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = CallLimit };
    private readonly SqliteCatalog catalog;
    private readonly IWorkspace workspace;
    private readonly ISecretSource secrets;
    private readonly NoticeOptions options;
    private readonly NoticeOutbox outbox;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;
    private ChatLinks? links;
    private SlackCommands? commands;
    private NoticeService? service;

    public NoticeRoom(SqliteCatalog catalog, IWorkspace workspace, ISecretSource secrets, Uri url, TimeProvider time, ILoggerFactory loggers)
    {
        (this.catalog, this.workspace, this.secrets, this.time, this.loggers) = (catalog, workspace, secrets, time, loggers);
        options = new NoticeOptions(url);
        outbox = new NoticeOutbox(workspace, catalog.Notices, options);
    }

    public INoticeOutbox Outbox => outbox;

    /// <summary>Opens the channels; to be called once there are the rooms that the robot acts in.</summary>
    public void Open(IChatActions actions)
    {
        var reader = new SecretReader(Resolve);
        links = new ChatLinks(catalog.Users, new PrincipalReader(catalog.Users, catalog.Records), time);
        var robot = new ChatRobot(links, actions, catalog.Audit, time);
        commands = new SlackCommands(workspace, reader, robot, http, time, loggers.CreateLogger<SlackCommands>());

        // Chance spreads attempts of many; it protects nothing.
        service = new NoticeService(workspace, catalog.Notices, http, reader, robot, options, time, new Random(), loggers);
    }

    /// <summary>Makes them known to the endpoints, and starts what follows, delivers and listens with the server.</summary>
    public void AddTo(IServiceCollection services)
    {
        var (opened, follower) = (service!, new NoticeFollower(outbox, catalog.Notices, catalog.Executions, catalog.Records, catalog.Audit, time, loggers.CreateLogger<NoticeFollower>()));
        services.AddSingleton(Outbox);
        services.AddSingleton(catalog.Notices);
        services.AddSingleton(links!);
        services.AddSingleton(commands!);
        services.AddSingleton(opened.Courier);
        services.AddSingleton<NoticeDesk>();
        services.AddSingleton<NoticeTrial>();
        services.AddHostedService(_ => new NoticeLoop(follower, opened.Courier, catalog.Notices, options, time, loggers.CreateLogger<NoticeLoop>()));
        services.AddSingleton<IHostedService>(_ => opened.CreateListener());
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        http.Dispose();
    }

    private string Resolve(SecretReference reference)
    {
        switch (reference.Kind)
        {
            case SecretKind.Variable:
                return Environment.GetEnvironmentVariable(reference.Target) ?? throw FairleadException.Invalid($"The environment variable '{reference.Target}' is not set where the control plane runs; set it there.");
            case SecretKind.File:
                try
                {
                    return File.ReadAllText(reference.Target);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw FairleadException.Invalid($"The file '{reference.Target}' with a secret cannot be read by the control plane ({e.Message}); put it there.");
                }

            default:
                // Of the whole project: messages are no environment's.
                return secrets.Resolve(reference, "");
        }
    }
}
