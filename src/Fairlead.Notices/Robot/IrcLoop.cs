using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;
using Fairlead.Notices.Channels.Irc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices.Robot;

/// <summary>Keeps up the connections by which the robot listens.</summary>
public sealed class IrcLoop : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly ReadableProject project;
    private readonly IrcChannel channel;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    internal IrcLoop(IWorkspace workspace, IrcChannel channel, TimeProvider time, ILogger<IrcLoop> logger)
    {
        project = new ReadableProject(workspace);
        (this.channel, this.time, this.logger) = (channel, time, logger);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken);

    private async Task RunOnceAsync(CancellationToken cancellationToken) =>
        await channel.KeepAsync([.. (await project.ReadAsync(cancellationToken).ConfigureAwait(false)).Notify?.Channels.OfType<IrcDefinition>() ?? []], cancellationToken).ConfigureAwait(false);
}
