using Fairlead.Catalog;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Notices;
using Fairlead.Notices.Channels;
using Fairlead.Notices.Following;
using Fairlead.Notices.Outbox;
using Fairlead.Notices.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Tells people what happens.</summary>
internal sealed class NoticeRoom : IAsyncDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = CallLimit };
    private readonly NoticeCourier courier;
    private readonly NoticeFollower follower;
    private readonly INoticeCatalog catalog;
    private readonly NoticeOptions options;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;

    public NoticeRoom(SqliteCatalog catalog, IWorkspace workspace, Uri url, TimeProvider time, ILoggerFactory loggers)
    {
        (this.time, this.loggers, this.catalog) = (time, loggers, catalog.Notices);
        options = new NoticeOptions(url);
        var outbox = new NoticeOutbox(workspace, catalog.Notices, options);
        Outbox = outbox;
        follower = new NoticeFollower(outbox, catalog.Notices, catalog.Executions, catalog.Records, catalog.Audit, time, loggers.CreateLogger<NoticeFollower>());

        // Chance spreads attempts of many; it protects nothing.
        courier = NoticeChannels.CreateCourier(workspace, catalog.Notices, http, new SecretReader(Resolve), options, time, new Random(), loggers);
    }

    public INoticeOutbox Outbox { get; }

    /// <summary>Makes them known to the endpoints, and starts what follows and delivers with the server.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Outbox);
        services.AddSingleton(catalog);
        services.AddSingleton<NoticeDesk>();
        services.AddHostedService(_ => new NoticeLoop(follower, courier, catalog, options, time, loggers.CreateLogger<NoticeLoop>()));
    }

    public async ValueTask DisposeAsync()
    {
        await courier.DisposeAsync();
        http.Dispose();
    }

    private static string Resolve(SecretReference reference)
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
                throw FairleadException.Invalid($"'{reference}' is kept for instances; refer to a secret of the control plane by 'env:VARIABLE' or 'file:/PATH'.");
        }
    }
}
