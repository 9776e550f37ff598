using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Platforms.Local.Instances.Sandbox;
using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>
/// Runs the instances of command services as processes of this machine, in a sandbox where bubblewrap is installed and works. They listen on
/// 127.0.0.1 and share the machine's network, since the host has to reach them. They end with the process that started them, however it ends.
/// One platform at a time uses a state folder.
/// </summary>
public sealed class LocalInstancePlatform : IInstancePlatform
{
    private readonly StateFolder state;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CodeFolders code;
    private readonly FreePorts ports = new();
    private readonly ProcessUsages usages;
    private readonly Lazy<Task<InstanceSandbox?>> sandbox;
    private readonly Lazy<Task> leftovers;
    private readonly ISecretSource? secrets;

    /// <param name="secrets">Where the values of secrets come from; null for a platform that has none.</param>
    public LocalInstancePlatform(StateFolder state, IArtifactStore store, TimeProvider time, ILoggerFactory loggers, ISecretSource? secrets = null)
    {
        this.state = state;
        this.time = time;
        this.secrets = secrets;
        usages = new ProcessUsages(time);
        logger = loggers.CreateLogger<LocalInstancePlatform>();
        code = new CodeFolders(Path.Combine(state.Host, "services"), store, logger);
        sandbox = new(() => InstanceSandbox.FindAsync(time, logger));
        leftovers = new(() => InstanceRecord.EndAllAsync(state, time, logger));
    }

    /// <summary>Ends what a host that was killed left running. The first start does so, too; a host without command services calls it.</summary>
    public Task EndLeftoversAsync(CancellationToken cancellationToken) => leftovers.Value.WaitAsync(cancellationToken);

    public async Task<IInstance> StartAsync(InstanceOrder order, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw FairleadException.Failed($"The instance {order.Number} of '{order.ServerGroup}' cannot be started: command services run on Linux only; start the host there.");
        await EndLeftoversAsync(cancellationToken).ConfigureAwait(false);
        var revealed = Reveal(order);
        var folder = await code.AcquireAsync(order.Command.Code, cancellationToken).ConfigureAwait(false);
        var wrap = order.Command.Settings.IsSandboxed ? await sandbox.Value.WaitAsync(cancellationToken).ConfigureAwait(false) : null;
        var port = ports.Take();
        try
        {
            var place = InstancePlace.Create(state, order, revealed, folder, port, isSandboxed: wrap is not null);
            var command = wrap?.Wrap(order.Command.Command, place, state) ?? ["/bin/sh", "-c", order.Command.Command];
            return LocalInstance.Start(order, place, command, usages, time, logger, () => Release(order, port));
        }
        catch (Exception e)
        {
            Release(order, port);
            if (e is IOException or UnauthorizedAccessException)
                throw FairleadException.Unavailable($"The instance {order.Number} of '{order.ServerGroup}' cannot be started: {e.Message} Free the disk or the path.", e);
            throw;
        }
    }

    /// <summary>The values of its secrets by variable, as they are now.</summary>
    private Dictionary<string, string> Reveal(InstanceOrder order)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, text) in order.Command.Settings.Secrets ?? new Dictionary<string, string>())
        {
            if (secrets is null || !SecretReference.TryParse(text, out var reference))
                throw FairleadException.NotFound($"'{order.ServerGroup}' wants the secret '{text}' in {variable}, which this host cannot look up; deploy it to one that can, or remove the secret.");
            values[variable] = secrets.Resolve(reference, order.ServerGroup.Environment);
        }

        return values;
    }

    private void Release(InstanceOrder order, int port)
    {
        ports.Return(port);
        code.Release(order.Command.Code.Digest);
    }
}
